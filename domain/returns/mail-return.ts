import type { BusinessDay, ChannelId, Instant, OrderId, Sku, StoreId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { StockMovement } from "../stock/stock.ts";
import type { Disposition, GoodsCondition, ReturnReason } from "./goods.ts";
import type { Purchase } from "./purchase.ts";
import type { ReturnAct } from "./returned.ts";

/** Where a return by mail stands. `lapsed`: nothing came in time. */
export const MAIL_RETURN_STATES = ["announced", "received", "refunded", "rejected", "lapsed"] as const;
export type MailReturnState = (typeof MAIL_RETURN_STATES)[number];

export const MAIL_ACTS = ["receive", "refund", "reject", "lapse"] as const;
export type MailAct = (typeof MAIL_ACTS)[number];

/** Everything that can happen to a return by mail; what is not here cannot. */
export const MAIL_TRANSITIONS: Readonly<
  Record<MailReturnState, Readonly<Partial<Record<MailAct, MailReturnState>>>>
> = {
  announced: { receive: "received", reject: "rejected", lapse: "lapsed" },
  // What was announced may come in several parcels. What is rejected then goes back to the customer.
  received: { receive: "received", refund: "refunded", reject: "rejected" },
  // Goods that came have come, however late.
  lapsed: { receive: "received" },
  refunded: {},
  rejected: {},
};

/** Where an act leads; null where it cannot be done as the return stands. */
export function mailStateAfter(state: MailReturnState, act: MailAct): MailReturnState | null {
  return MAIL_TRANSITIONS[state][act] ?? null;
}

/** Pieces of a purchased line that are to come. */
export interface AnnouncedLine {
  readonly position: number;
  readonly sku: Sku;
  readonly name: string;
  readonly pieces: number;
  readonly reason: ReturnReason;
  /** The last day on which it might have been announced. */
  readonly returnBy: BusinessDay;
}

/** Pieces that really came. */
export interface ArrivedLine {
  readonly position: number;
  readonly pieces: number;
  readonly condition: GoodsCondition;
  readonly disposition: Disposition;
}

export interface MailArrival {
  readonly at: Instant;
  /** Who at HQ opened the parcel. */
  readonly by: string;
  /** Whose stock it is; null where none of it goes back to stock. */
  readonly store: StoreId | null;
  readonly note: string;
  readonly lines: readonly ArrivedLine[];
}

/** A part of the money that is given back. `shop`: the web shop does it, to how the order was paid there; `payout`: HQ pays it out. */
export type MailRefundPart =
  | { readonly way: "shop"; readonly amount: Money; readonly order: OrderId }
  | { readonly way: "credit"; readonly amount: Money; readonly code: string }
  | { readonly way: "payout"; readonly amount: Money };
export type MailRefundWay = MailRefundPart["way"];

/** Goods that come back by mail, wherever they were bought. The purchase stands here as it was known when the return was announced. */
export interface MailReturn {
  readonly id: string;
  /** The shop that announced it. */
  readonly channel: ChannelId;
  /** The shop's own id: announcing it again under this id is the same return. */
  readonly externalId: string;
  readonly purchase: Purchase;
  readonly announcedAt: Instant;
  /** The last day on which the goods may arrive, by the calendar of the store that stands for the purchase. */
  readonly arriveBy: BusinessDay;
  readonly lines: readonly AnnouncedLine[];
  readonly note: string;
  /** Announced by the code of a gift receipt: who sends it did not pay, and gets store credit. */
  readonly isGift: boolean;
  readonly state: MailReturnState;
  readonly arrivals: readonly MailArrival[];
  /** The act by which it is booked, and where the money went. */
  readonly refund: {
    readonly at: Instant;
    readonly by: string;
    readonly act: ReturnAct;
    readonly parts: readonly MailRefundPart[];
  } | null;
  /** Why it was rejected. */
  readonly rejection: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
}

/** Whether pieces of the return are still spoken for: nobody else may bring them back meanwhile. */
export function isUnderWay({ state }: Pick<MailReturn, "state">): boolean {
  return state === "announced" || state === "received";
}

/** How many pieces of a line came. */
export function arrivedPieces({ arrivals }: Pick<MailReturn, "arrivals">, position: number): number {
  return arrivals
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.position === position ? line.pieces : 0), 0);
}

/** Pieces of a line that a return under way speaks for: those that came, or are still to come. */
export function spokenFor(mailReturn: MailReturn, position: number): number {
  if (!isUnderWay(mailReturn)) return 0;
  const announced = mailReturn.lines.reduce(
    (sum, line) => sum + (line.position === position ? line.pieces : 0),
    0,
  );
  return Math.max(announced, arrivedPieces(mailReturn, position));
}

/** Whether all that was announced came. */
export function hasAllArrived(mailReturn: Pick<MailReturn, "lines" | "arrivals">): boolean {
  return mailReturn.lines.every(({ position, pieces }) => arrivedPieces(mailReturn, position) >= pieces);
}

/** What the newest arrival does to stock: one movement per variant that is on sale again. */
export function movementsOfArrival({
  id,
  purchase,
  arrivals,
}: Pick<MailReturn, "id" | "purchase" | "arrivals">): readonly StockMovement[] {
  const arrival = arrivals.at(-1);
  if (arrival === undefined) return [];
  const act = arrivals.length === 1 ? id : `${id}:${arrivals.length}`;
  return movementsOf(arrival, purchase).map((each) => ({ ...each, reason: { kind: "return", act } }));
}

/** What takes the goods off stock again that go back to the customer, since the return was rejected after they came. */
export function movementsOfSendingBack({
  id,
  purchase,
  arrivals,
}: Pick<MailReturn, "id" | "purchase" | "arrivals">): readonly StockMovement[] {
  const sums = new Map<string, Omit<StockMovement, "reason">>();
  for (const arrived of arrivals.flatMap((each) => movementsOf(each, purchase))) {
    const key = `${arrived.store} ${arrived.variant}`;
    const before = sums.get(key)?.quantity ?? 0;
    sums.set(key, { ...arrived, quantity: before - arrived.quantity });
  }
  return [...sums.values()].map((each) => ({ ...each, reason: { kind: "return", act: `${id}:sentBack` } }));
}

function movementsOf(
  { store, lines }: MailArrival,
  { lines: bought }: Purchase,
): readonly Omit<StockMovement, "reason">[] {
  if (store === null) return [];
  const pieces = new Map<NonNullable<Purchase["lines"][number]["variant"]>, number>();
  for (const line of lines) {
    const variant = bought.find(({ position }) => position === line.position)?.variant ?? null;
    if (line.disposition === "stock" && variant !== null)
      pieces.set(variant, (pieces.get(variant) ?? 0) + line.pieces);
  }
  return [...pieces].map(([variant, quantity]) => ({ store, variant, quantity }));
}
