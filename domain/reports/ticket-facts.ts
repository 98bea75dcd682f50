import type { OrderId, StaffId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Order } from "../orders/order.ts";
import { localTimeOf } from "../store/local-time.ts";
import type { Ticket, TicketLine } from "../ticket/ticket.ts";
import type { ReportLine, SalesChannel, SoldPlace, TicketFacts } from "./facts.ts";
import { NO_SUMS, type Sums } from "./sums.ts";
import { reportPartsOf } from "./ticket-parts.ts";

/** An article as the catalogue has it. */
export interface ArticleFacts {
  readonly product: string;
  readonly category: string;
  readonly brand: string;
}

/** A line that was sold before, as it was counted. */
export type SoldLine = Pick<ReportLine, "channel" | "seller" | "product" | "category" | "brand" | "unitCost">;

/** What a ticket does not say by itself. */
export interface Surroundings {
  /** Of its store. */
  readonly timeZone: string;
  readonly article: (variant: VariantId) => ArticleFacts | null;
  /** Of one piece, now. */
  readonly costOf: (variant: VariantId) => Money | null;
  readonly order: (id: OrderId) => Pick<Order, "delivery" | "placedBy"> | null;
  /** What a line takes back or charges anew, as it was sold at a till. Null: nothing, or not known (yet). */
  readonly before: (position: number) => SoldBefore | null;
}

/** `sold` null: whatever sold it has not come yet. */
export interface SoldBefore {
  readonly of: SoldPlace;
  readonly sold: SoldLine | null;
}

/** What reports count of a ticket. Lines, payments and taxes add up to what the ticket says, to the cent. */
export function ticketFactsOf(ticket: Ticket, around: Surroundings): TicketFacts {
  const lines = ticket.lines.flatMap((line, position) =>
    isValue(line) ? [] : [reportLineOf({ ticket, line, position, around })],
  );
  return {
    ticket: ticket.id,
    order: null,
    number: ticket.number,
    at: ticket.completedAt,
    store: ticket.store,
    device: ticket.device,
    staff: ticket.staff,
    customer: ticket.customer,
    day: ticket.businessDay,
    hour: Number(localTimeOf({ at: ticket.completedAt, timeZone: around.timeZone }).slice(11, 13)),
    currency: ticket.currency,
    due: ticket.totals.due.minor,
    rounding: ticket.totals.cashRounding.minor,
    giftCards: ticket.lines.filter(isValue).reduce((sum, { total }) => sum + total.minor, 0),
    lines,
    parts: reportPartsOf(ticket, lines),
  };
}

function isValue(line: TicketLine): boolean {
  return line.kind === "sale" && line.giftCard !== undefined;
}

function reportLineOf({
  ticket,
  line,
  position,
  around,
}: {
  readonly ticket: Ticket;
  readonly line: TicketLine;
  readonly position: number;
  readonly around: Surroundings;
}): ReportLine {
  const before = around.before(position);
  const sold = before?.sold ?? null;
  const article = sold ?? around.article(line.variant);
  const isBack = line.kind === "return";
  const unitCost = unitCostOf(ticket, line, sold, around);
  return {
    position,
    kind: line.kind === "sale" ? "sold" : isBack ? "returned" : "repriced",
    channel: sold?.channel ?? channelOf(line, around),
    seller: sellerOf(ticket, line, sold),
    variant: line.variant,
    product: article?.product ?? "",
    category: article?.category ?? "",
    brand: article?.brand ?? "",
    of: before?.of ?? null,
    reason: line.kind === "return" ? line.reason : null,
    label: [line.sku, [line.name, ...line.options].filter((text) => text !== "").join(", ")].join(" · "),
    unitCost,
    sums: lineSumsOf(ticket, line, costOf(line, unitCost)),
  };
}

function sellerOf(ticket: Ticket, line: TicketLine, sold: SoldLine | null): StaffId | null {
  if (line.kind === "sale") return line.soldBy ?? ticket.staff;
  return sold?.seller ?? null;
}

/** An order that is not known yet was asked for at this till: it is collected unless it says otherwise. */
function channelOf(line: TicketLine, { order }: Surroundings): SalesChannel {
  const id =
    line.kind === "sale"
      ? line.order?.order
      : line.of?.purchase.kind === "order"
        ? line.of.purchase.id
        : null;
  if (id == null) return "store";
  const found = order(id);
  if (found === null || found.delivery.kind === "pickup") return "collect";
  return found.placedBy === null ? "online" : "shipFromStore";
}

/** What came back costs what it had cost when it was sold. A cost in another currency is not known. */
function unitCostOf(
  ticket: Ticket,
  line: TicketLine,
  sold: SoldLine | null,
  around: Surroundings,
): number | null {
  if (sold !== null) return sold.unitCost;
  const one = around.costOf(line.variant);
  return one === null || one.currency !== ticket.currency ? null : one.minor;
}

/** Below zero where the pieces came back; nothing where none moved. Null: not known. */
function costOf(line: TicketLine, unitCost: number | null): number | null {
  if (line.kind === "repriced") return 0;
  if (unitCost === null) return null;
  return line.kind === "return" ? 0 - unitCost * line.quantity : unitCost * line.quantity;
}

function lineSumsOf({ taxMode }: Ticket, line: TicketLine, cost: number | null): Sums {
  const tax = line.taxes.reduce((sum, each) => sum + each.tax.minor, 0);
  const net = taxMode === "inclusive" ? line.total.minor - tax : line.total.minor;
  const isBack = line.kind === "return";
  return {
    ...NO_SUMS,
    parts: 1,
    soldPieces: line.kind === "sale" ? line.quantity : 0,
    returnedPieces: isBack ? line.quantity : 0,
    sold: isBack ? 0 : net + tax,
    returned: isBack ? net + tax : 0,
    net,
    tax,
    discount: line.discounts.reduce((sum, { amount }) => sum + amount.minor, 0),
    cost: cost ?? 0,
    costedNet: cost === null ? 0 : net,
  };
}
