import { type Instant, idOf, instant, type StoreId, type VariantId } from "../ids.ts";
import { takesGoodsAway } from "../orders/act.ts";
import type { Order, OrderLine } from "../orders/order.ts";
import { UNKNOWN_VARIANT } from "../returns/return-lines.ts";
import { businessDayOf } from "../store/business-day.ts";
import { localTimeOf } from "../store/local-time.ts";
import type { ReportLine, SalesChannel, TicketFacts } from "./facts.ts";
import { channelOfOrder } from "./order-facts.ts";
import { type OrderSaleAsked, type OrderSaleStep, stepsOf } from "./order-sale-steps.ts";
import { NO_SUMS, type Sums } from "./sums.ts";
import { taxDifference } from "./tax-difference.ts";
import { inPlace, part, type Unplaced } from "./ticket-parts.ts";

/** The charge for delivery, as an article of reports. */
const DELIVERY: VariantId = idOf<"Variant">("delivery");
/** By what a price below the list's is told where nobody knows why. */
const ONLINE_DISCOUNT = { value: "online In the web shop", label: "In the web shop" } as const;

/**
 * What an order sold and gave back since it was counted last, by the stores that handed it over or sent it, each on the day it did. With what was counted before it comes to
 * what the order sold, to the cent.
 */
export function orderSaleFactsOf(asked: OrderSaleAsked): readonly TicketFacts[] {
  const steps = asked.sale.flatMap((line) => stepsOf(asked, line));
  const stores = [...new Set(steps.map(({ store }) => store))];
  const linesBy = stores.map((store) => steps.filter((step) => step.store === store));
  const taxes = taxDifference(asked.sale, asked.counted, linesBy);
  const nth = asked.counted.length;
  return stores.map((store, index) =>
    documentOf(asked, store, linesBy[index] ?? [], taxes[index] ?? [], nth + index),
  );
}

function documentOf(
  asked: OrderSaleAsked,
  store: StoreId,
  steps: readonly OrderSaleStep[],
  taxes: readonly Unplaced[],
  nth: number,
): TicketFacts {
  const { order, around } = asked;
  const timeZone = around.timeZoneOf(store);
  const at = steps.some(({ pieces }) => pieces > 0) ? lastHanding(order, store, around.at) : around.at;
  const lines = steps
    .flatMap((step) => linesOf(asked, step))
    .map((line, position) => ({ ...line, position }));
  const sum = (of: keyof Sums) => lines.reduce((all, { sums }) => all + sums[of], 0);
  return {
    ticket: idOf<"Ticket">(`${order.id}/${nth}`),
    order: order.id,
    number: order.number,
    at,
    store,
    device: idOf<"Device">(""),
    staff: idOf<"Staff">(""),
    customer: order.contact.customer,
    day: businessDayOf({ at, timeZone }),
    hour: Number(localTimeOf({ at, timeZone }).slice(11, 13)),
    currency: order.currency,
    due: sum("sold") + sum("returned"),
    rounding: 0,
    giftCards: 0,
    lines,
    parts: [
      ...inPlace(moneyParts("tender", sum)),
      ...inPlace(moneyParts("refund", sum)),
      ...inPlace(taxes),
      ...inPlace(discountParts(channelOfOrder(order), sum("discount"))),
    ],
  };
}

/** When a store last handed something of it over or sent it. */
function lastHanding({ fulfilments }: Order, store: StoreId, otherwise: Instant): Instant {
  const moments = fulfilments
    .filter((each) => each.store === store)
    .flatMap(({ trace }) => trace.filter(({ act }) => takesGoodsAway(act)))
    .map(({ at }) => at);
  return moments.length === 0 ? otherwise : instant(Math.max(...moments));
}

type Unpositioned = Omit<ReportLine, "position">;

function linesOf(asked: OrderSaleAsked, step: OrderSaleStep): readonly Unpositioned[] {
  const { order } = asked;
  const { position } = step.line;
  const ordered = order.lines[position];
  const goods = goodsOf(asked, ordered, position);
  const common = { ...goods, of: { ticket: order.id, position }, reason: null } as const;
  const isKnown = goods.unitCost !== null;
  const net = step.total - step.tax;
  const offNet = 0 - (step.off - step.offTax);
  const sold: Unpositioned = {
    ...common,
    kind: "sold",
    sums: {
      ...NO_SUMS,
      parts: 1,
      soldPieces: step.pieces,
      sold: step.total,
      net,
      tax: step.tax,
      discount: step.discount,
      cost: (goods.unitCost ?? 0) * step.pieces,
      costedNet: isKnown ? net : 0,
    },
  };
  const off: Unpositioned = {
    ...common,
    kind: "returned",
    sums: {
      ...NO_SUMS,
      parts: 1,
      returned: 0 - step.off,
      net: offNet,
      tax: 0 - step.offTax,
      costedNet: isKnown ? offNet : 0,
    },
  };
  const isSold = step.pieces !== 0 || step.total !== 0 || step.tax !== 0 || step.discount !== 0;
  const isOff = step.off !== 0 || step.offTax !== 0;
  return [...(isSold ? [sold] : []), ...(isOff ? [off] : [])];
}

/** What was counted of the line before keeps what it was and cost then. */
function goodsOf(
  { order, counted, around }: OrderSaleAsked,
  ordered: OrderLine | undefined,
  position: number,
): Pick<
  ReportLine,
  "channel" | "seller" | "variant" | "product" | "category" | "brand" | "unitCost" | "label"
> {
  const before = counted.flatMap(({ lines }) => lines).find(({ of }) => of?.position === position);
  if (before !== undefined) return before;
  const channel = channelOfOrder(order);
  const none = { channel, seller: null, product: "", category: "", brand: "", unitCost: null } as const;
  if (ordered === undefined) return { ...none, variant: DELIVERY, label: "Delivery" };
  const { variant, sku, name, options } = ordered;
  const article = variant === null ? null : around.article(variant);
  const cost = variant === null ? null : around.costOf(variant);
  return {
    ...none,
    ...(article ?? {}),
    variant: variant ?? UNKNOWN_VARIANT,
    unitCost: cost === null || cost.currency !== order.currency ? null : cost.minor,
    label: [sku, [name, ...options].filter((text) => text !== "").join(", ")].join(" · "),
  };
}

/** What was paid online, and what of it the shop gave back. */
function moneyParts(family: "tender" | "refund", sum: (of: keyof Sums) => number): readonly Unplaced[] {
  const [sold, returned] = [sum("sold"), sum("returned")];
  const back = returned === 0 ? [] : [part(family, "paidOnline", "", { returned })];
  return family === "refund" || sold === 0 ? back : [part(family, "paidOnline", "", { sold }), ...back];
}

function discountParts(channel: SalesChannel, discount: number): readonly Unplaced[] {
  if (discount === 0) return [];
  return [{ ...part("discount", ONLINE_DISCOUNT.value, ONLINE_DISCOUNT.label, { discount }), channel }];
}

/** The last moment that an order itself tells of: when what it does not date came about, at the latest. */
export function lastMomentOf(order: Order): Instant {
  const moments = [
    ...order.fulfilments.flatMap(({ trace }) => trace.map(({ at }) => at)),
    ...(order.changes ?? []).map(({ at }) => at),
    ...(order.returns ?? []).map(({ at }) => at),
    ...(order.cancelledAt === null ? [] : [order.cancelledAt]),
  ];
  return instant(Math.max(order.placedAt, ...moments));
}

/** Whether facts are what an order sold: goods of it that came back by mail are told apart. */
export function isOfOrder({ ticket }: Pick<TicketFacts, "ticket">, order: Pick<Order, "id">): boolean {
  return ticket.startsWith(`${order.id}/`);
}
