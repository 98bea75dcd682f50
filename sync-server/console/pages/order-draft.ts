import { type FulfilmentId, instant } from "#domain/ids.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { EditOrderRequest, OrderDetail } from "#protocol/hq/orders.ts";
import { wholeNumber } from "./typed.ts";

/** What is being typed of an order. */
export interface OrderDraft {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** Null: nothing is sent to an address, or it went already. */
  readonly address: {
    readonly name: string;
    readonly street: string;
    readonly postcode: string;
    readonly city: string;
    readonly country: string;
  } | null;
  readonly note: string;
  /** Pieces that are wanted, by line; a line that is not in it stays. */
  readonly pieces: Readonly<Record<string, string>>;
  readonly keep: readonly {
    readonly fulfilment: FulfilmentId;
    readonly store: string;
    readonly until: string;
  }[];
  readonly reason: string;
}

export function orderDraftOf({ contact, delivery, note, fulfilments, lines }: OrderDetail): OrderDraft {
  const isSent = fulfilments.some(({ fulfilment }) => fulfilment.state === "shipped");
  const goesOut = delivery.kind === "ship" && !isSent;
  const known = delivery.kind === "ship" ? delivery.address : null;
  return {
    name: contact.name,
    email: contact.email ?? "",
    phone: contact.phone ?? "",
    address: goesOut
      ? {
          name: known?.name ?? contact.name,
          street: known?.lines.join(", ") ?? "",
          postcode: known?.postcode ?? "",
          city: known?.city ?? "",
          country: known?.country ?? "",
        }
      : null,
    note,
    pieces: Object.fromEntries(
      lines.map(({ id, quantity }) => [id, String(quantity - missingOf(fulfilments, id))]),
    ),
    keep: fulfilments.flatMap(({ store, fulfilment: { id, state, collectBy } }) =>
      isOpen(state) && collectBy !== null ? [{ fulfilment: id, store, until: localText(collectBy) }] : [],
    ),
    reason: "",
  };
}

/** What was changed, as it is asked for; null while there is no reason, nothing was changed, or something cannot be read. */
export function orderEditOf(order: OrderDetail, draft: OrderDraft): EditOrderRequest | null {
  const before = orderDraftOf(order);
  const reason = draft.reason.trim();
  const pieces: { line: OrderDetail["lines"][number]["id"]; quantity: number }[] = [];
  for (const { id } of order.lines) {
    if (draft.pieces[id] === before.pieces[id]) continue;
    const quantity = wholeNumber(draft.pieces[id] ?? "");
    if (quantity === null) return null;
    pieces.push({ line: id, quantity });
  }
  const collectBy: { fulfilment: FulfilmentId; at: ReturnType<typeof instant> }[] = [];
  for (const { fulfilment, until } of draft.keep) {
    if (until === before.keep.find((each) => each.fulfilment === fulfilment)?.until) continue;
    const at = Date.parse(until);
    if (Number.isNaN(at)) return null;
    collectBy.push({ fulfilment, at: instant(at) });
  }
  const edit: EditOrderRequest = {
    ...contactOf(before, draft),
    ...addressOf(before, draft),
    ...(draft.note === before.note ? {} : { note: draft.note }),
    ...(pieces.length === 0 ? {} : { pieces }),
    ...(collectBy.length === 0 ? {} : { collectBy }),
    reason,
  };
  return reason === "" || Object.keys(edit).length === 1 ? null : edit;
}

function contactOf(
  before: OrderDraft,
  { name, email, phone }: OrderDraft,
): Pick<EditOrderRequest, "contact"> {
  if (name === before.name && email === before.email && phone === before.phone) return {};
  const orNone = (text: string) => (text.trim() === "" ? null : text.trim());
  return { contact: { name: name.trim(), email: orNone(email), phone: orNone(phone) } };
}

function addressOf(before: OrderDraft, { address }: OrderDraft): Pick<EditOrderRequest, "address"> {
  if (address === null || JSON.stringify(address) === JSON.stringify(before.address)) return {};
  const { street, ...rest } = address;
  const lines = street.split(",").map((line) => line.trim());
  return { address: { ...rest, lines: lines.filter((line) => line !== "") } };
}

function missingOf(fulfilments: OrderDetail["fulfilments"], line: string): number {
  return fulfilments
    .flatMap(({ fulfilment }) => fulfilment.lines)
    .reduce((sum, each) => sum + (each.line === line ? each.missing : 0), 0);
}

/** As a field of day and time takes it, by the clock of whoever looks. */
function localText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, "2026-11-26T10:00".length);
}
