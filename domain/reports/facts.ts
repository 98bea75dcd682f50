import type {
  BusinessDay,
  CustomerId,
  DeviceId,
  Instant,
  OrderId,
  StaffId,
  StoreId,
  TicketId,
  VariantId,
} from "../ids.ts";
import type { Currency } from "../money/money.ts";
import type { ReturnReason } from "../returns/goods.ts";
import { type Family, type LineFamily, type SumKey, sumKeyOf } from "./families.ts";
import { addSums, NO_SUMS, type Sums } from "./sums.ts";

/**
 * Where goods were bought: over the counter, collected in a store, ordered in a store and sent from one, or ordered online and sent. The last
 * is on tickets where it comes back to a store.
 */
export const SALES_CHANNELS = ["store", "collect", "shipFromStore", "online"] as const;
export type SalesChannel = (typeof SALES_CHANNELS)[number];

/** A line of a ticket or of an order, from 0. */
export interface SoldPlace {
  readonly ticket: TicketId | OrderId;
  readonly position: number;
}

/** One line of a ticket, as reports count it. Value sold onto gift cards is none: it is no turnover yet. */
export interface ReportLine {
  /** Its place in the ticket, from 0. */
  readonly position: number;
  readonly kind: "sold" | "returned" | "repriced";
  readonly channel: SalesChannel;
  /** To whom it counts; of what came back, who had sold it. Null: nobody knows. */
  readonly seller: StaffId | null;
  readonly variant: VariantId;
  /** As the catalogue had it when it was booked, "" where it had none. What came back is where it was when it was sold. */
  readonly product: string;
  readonly category: string;
  readonly brand: string;
  /** What came back or is charged anew: a line of a ticket, or of an order; of what an order sold without a ticket its own line of it. */
  readonly of: SoldPlace | null;
  readonly reason: ReturnReason | null;
  /** What one piece cost the retailer when it was sold, minor units; null: not known. */
  readonly unitCost: number | null;
  /** The SKU and what it was called, for people. */
  readonly label: string;
  readonly sums: Sums;
}

/** Anything else of a ticket that reports add up by a value: a payment, a tax rate, a discount. */
export interface ReportPart {
  readonly family: PartFamily;
  /** Among the parts of its family in the ticket, from 0. */
  readonly place: number;
  readonly channel: SalesChannel | "";
  readonly value: string;
  /** What it was about: the article that a promotion reduced; "": none of its own. */
  readonly variant: VariantId | "";
  /** What people call the value. */
  readonly label: string;
  readonly sums: Sums;
}

export type PartFamily = Exclude<Family, LineFamily>;

/** All that reports know of a ticket, or of goods that changed hands or came back without one. */
export interface TicketFacts {
  readonly ticket: TicketId;
  /** The order that sold without a ticket, or of which goods came back by mail; null: it is a ticket, or of a ticket. */
  readonly order: OrderId | null;
  readonly number: string;
  readonly at: Instant;
  readonly store: StoreId;
  /** "" where there was no till, and nobody at one. */
  readonly device: DeviceId;
  readonly staff: StaffId;
  readonly customer: CustomerId | null;
  readonly day: BusinessDay;
  /** By the clock of the store, 0 to 23. */
  readonly hour: number;
  readonly currency: Currency;
  /** What was due, as the tenders add up to; and what of it was rounded for coins, and bought onto gift cards. */
  readonly due: number;
  readonly rounding: number;
  readonly giftCards: number;
  readonly lines: readonly ReportLine[];
  readonly parts: readonly ReportPart[];
}

/** What the values of one family come to within a ticket. */
export interface ReportSum extends SumKey {
  readonly sums: Sums;
}

/** What a ticket adds to the sums that are kept by day: each of its lines once in each family of lines, each part once in its own. */
export function reportSumsOf({
  hour,
  lines,
  parts,
}: Pick<TicketFacts, "hour" | "lines" | "parts">): readonly ReportSum[] {
  const all = new Map<string, ReportSum>();
  const add = (key: SumKey, sums: Sums) => {
    const text = sumKeyOf(key);
    all.set(text, { ...key, sums: addSums(all.get(text)?.sums ?? NO_SUMS, sums) });
  };
  for (const { channel, category, brand, seller, sums } of lines) {
    add({ family: "channel", channel, value: channel }, sums);
    add({ family: "category", channel, value: category }, sums);
    add({ family: "brand", channel, value: brand }, sums);
    add({ family: "seller", channel, value: seller ?? "" }, sums);
    add({ family: "hour", channel, value: hourText(hour) }, sums);
  }
  for (const { family, channel, value, sums } of parts) add({ family, channel, value }, sums);
  return [...all.values()];
}

/** What the values of one family come to in a day, a store and a currency. */
export interface DaySum extends ReportSum, Pick<TicketFacts, "store" | "day" | "currency"> {}

/**
 * What many tickets together add to the sums that are kept by day: one for each store, day, currency, family, channel and value, and the same over all
 * stores under a name that none of them has.
 */
export function daySumsOf(tickets: readonly TicketFacts[], allStores: StoreId): readonly DaySum[] {
  const own = addedUp(
    tickets.flatMap((ticket) => {
      const { store, day, currency } = ticket;
      return reportSumsOf(ticket).map((sum) => ({ ...sum, store, day, currency }));
    }),
  );
  return [...own, ...addedUp(own.map((sum) => ({ ...sum, store: allStores })))];
}

function addedUp(sums: readonly DaySum[]): readonly DaySum[] {
  const all = new Map<string, DaySum>();
  for (const sum of sums) {
    const text = [sum.store, sum.day, sum.currency, sumKeyOf(sum)].join("\u0000");
    const known = all.get(text);
    all.set(text, known === undefined ? sum : { ...sum, sums: addSums(known.sums, sum.sums) });
  }
  return [...all.values()];
}

/** An hour as the value of its family: two digits, so that it sorts. */
export function hourText(hour: number): string {
  return String(hour).padStart(2, "0");
}
