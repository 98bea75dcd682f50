import type { Instant, StoreId } from "../ids.ts";
import { allocateMoney } from "../money/allocate.ts";
import { money } from "../money/money.ts";
import { totalOfPieces } from "../orders/line-total.ts";
import type { Order } from "../orders/order.ts";
import type { ReportLine, TicketFacts } from "./facts.ts";
import type { OrderSaleLine } from "./order-sale.ts";
import type { Sums } from "./sums.ts";
import type { Surroundings } from "./ticket-facts.ts";

export interface OrderSaleSurroundings extends Pick<Surroundings, "article" | "costOf"> {
  readonly timeZoneOf: (store: StoreId) => string;
  /** When it came about, where the order does not say. */
  readonly at: Instant;
}

/** An order with what it has sold and what was counted of that. */
export interface OrderSaleAsked {
  readonly order: Order;
  readonly sale: readonly OrderSaleLine[];
  /** What was counted of it before. */
  readonly counted: readonly TicketFacts[];
  readonly around: OrderSaleSurroundings;
}

/** Whether more was counted than the order has sold: it is then to be counted anew. */
export function isCountedTooHigh({
  order,
  sale,
  counted,
}: Pick<OrderSaleAsked, "order" | "sale" | "counted">): boolean {
  const positions = [...order.lines.keys(), order.lines.length];
  return positions.some((position) => {
    const line = sale.find((each) => each.position === position);
    const before = countedOf(counted, position);
    return before.pieces > (line?.pieces ?? 0) || before.sold > (line?.total.minor ?? 0);
  });
}

/** What is new of one line of an order in one store. Amounts in minor units, tax in them. */
export interface OrderSaleStep {
  readonly store: StoreId;
  readonly line: OrderSaleLine;
  readonly pieces: number;
  readonly total: number;
  readonly tax: number;
  readonly off: number;
  readonly offTax: number;
  readonly discount: number;
}

/** What is new of a line, in each store that it is new in. */
export function stepsOf(asked: OrderSaleAsked, line: OrderSaleLine): readonly OrderSaleStep[] {
  const { order, counted } = asked;
  const before = countedOf(counted, line.position);
  const change = {
    pieces: line.pieces - before.pieces,
    total: line.total.minor - before.sold,
    tax: taxOf(line.taxes) - before.tax,
    off: line.off.minor - before.off,
    offTax: taxOf(line.offTaxes) - before.offTax,
    discount: discountOf(order, line) - before.discount,
  };
  if (Object.values(change).every((each) => each === 0)) return [];
  const stores = storesOf(asked, line, change.pieces);
  const shares = (minor: number) =>
    allocateMoney({ total: money(minor, order.currency), weights: stores.map(({ pieces }) => pieces) });
  const [total, tax, off, offTax, discount] = [
    shares(change.total),
    shares(change.tax),
    shares(change.off),
    shares(change.offTax),
    shares(change.discount),
  ];
  return stores.map(({ store, pieces }, index) => ({
    store,
    line,
    pieces,
    total: total[index]?.minor ?? 0,
    tax: tax[index]?.minor ?? 0,
    off: off[index]?.minor ?? 0,
    offTax: offTax[index]?.minor ?? 0,
    discount: discount[index]?.minor ?? 0,
  }));
}

/** Which stores the new pieces are of; where none are new, the first that has any of it. */
function storesOf(
  { order, counted }: OrderSaleAsked,
  { position }: OrderSaleLine,
  pieces: number,
): readonly { readonly store: StoreId; readonly pieces: number }[] {
  const id = order.lines[position]?.id ?? null;
  const handed = new Map<StoreId, number>();
  for (const { store, lines } of order.fulfilments)
    for (const each of lines)
      if ((id === null || each.line === id) && each.handed > 0)
        handed.set(store, (handed.get(store) ?? 0) + each.handed);
  let left = pieces;
  const fresh = [...handed].flatMap(([store, all]) => {
    const more = Math.min(left, Math.max(0, all - countedOf(counted, position, store).pieces));
    left -= more;
    return more > 0 ? [{ store, pieces: more }] : [];
  });
  if (fresh.length > 0) return fresh;
  const known = counted.find(({ lines }) => lines.some(({ of }) => of?.position === position))?.store;
  const first = known ?? [...handed.keys()][0];
  return first === undefined ? [] : [{ store: first, pieces }];
}

interface Counted {
  readonly pieces: number;
  readonly sold: number;
  readonly tax: number;
  readonly off: number;
  readonly offTax: number;
  readonly discount: number;
}

/** What was counted of a line, in one store or in all. */
function countedOf(counted: readonly TicketFacts[], position: number, store?: StoreId): Counted {
  const lines = counted
    .filter((facts) => store === undefined || facts.store === store)
    .flatMap((facts) => facts.lines.filter(({ of }) => of?.position === position));
  const sum = (kind: ReportLine["kind"], of: keyof Sums) =>
    lines.reduce((all, line) => all + (line.kind === kind ? line.sums[of] : 0), 0);
  return {
    pieces: sum("sold", "soldPieces"),
    sold: sum("sold", "sold"),
    tax: sum("sold", "tax"),
    off: 0 - sum("returned", "returned"),
    offTax: 0 - sum("returned", "tax"),
    discount: sum("sold", "discount"),
  };
}

function taxOf(taxes: OrderSaleLine["taxes"]): number {
  return taxes.reduce((sum, { tax }) => sum + tax.minor, 0);
}

function discountOf({ lines }: Order, { position, pieces }: OrderSaleLine): number {
  const line = lines[position];
  if (line === undefined) return 0;
  return Math.max(0, line.unitPrice.minor * pieces - totalOfPieces(line, pieces).minor);
}
