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
import { type RisingSums, raiseSums, type Sums } from "./sums.ts";

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

/** What the values of one family come to in a day, a store and a currency. */
export interface DaySum extends SumKey, Pick<TicketFacts, "store" | "day" | "currency"> {
  readonly sums: Sums;
}

type RisingDaySum = Omit<DaySum, "sums"> & { readonly sums: RisingSums };

/**
 * What many tickets together add to the sums that are kept by day: one for each store, day, currency, family, channel and value, and the same over all
 * stores under a name that none of them has. Each line of a ticket counts once in each family of lines, each part once in its own.
 */
export function daySumsOf(tickets: readonly TicketFacts[], allStores: StoreId): readonly DaySum[] {
  const own = new Map<string, RisingDaySum>();
  for (const { store, day, currency, hour, lines, parts } of tickets) {
    const of = { store, day, currency };
    for (const { channel, category, brand, seller, sums } of lines) {
      raise(own, of, { family: "channel", channel, value: channel }, sums);
      raise(own, of, { family: "category", channel, value: category }, sums);
      raise(own, of, { family: "brand", channel, value: brand }, sums);
      raise(own, of, { family: "seller", channel, value: seller ?? "" }, sums);
      raise(own, of, { family: "hour", channel, value: hourText(hour) }, sums);
    }
    for (const part of parts) raise(own, of, part, part.sums);
  }
  const everywhere = new Map<string, RisingDaySum>();
  for (const sum of own.values()) raise(everywhere, { ...sum, store: allStores }, sum, sum.sums);
  return [...own.values(), ...everywhere.values()];
}

/** What many tickets add to is raised in its place: a group of sales is thousands of lines in a few sums. */
function raise(
  all: Map<string, RisingDaySum>,
  { store, day, currency }: Pick<TicketFacts, "store" | "day" | "currency">,
  key: SumKey,
  by: Sums,
): void {
  const text = `${store}\u0000${day}\u0000${currency}\u0000${sumKeyOf(key)}`;
  const known = all.get(text);
  const { family, channel, value } = key;
  if (known === undefined) all.set(text, { store, day, currency, family, channel, value, sums: { ...by } });
  else raiseSums(known.sums, by);
}

/** An hour as the value of its family: two digits, so that it sorts. */
export function hourText(hour: number): string {
  return String(hour).padStart(2, "0");
}
