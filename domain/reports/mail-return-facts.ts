import { idOf, type StoreId } from "../ids.ts";
import { allocateMoney } from "../money/allocate.ts";
import { type Money, money } from "../money/money.ts";
import type { MailReturn } from "../returns/mail-return.ts";
import type { Purchase } from "../returns/purchase.ts";
import { UNKNOWN_VARIANT } from "../returns/return-lines.ts";
import type { ReturnAct } from "../returns/returned.ts";
import { businessDayOf } from "../store/business-day.ts";
import { localTimeOf } from "../store/local-time.ts";
import type { ReportLine, SalesChannel, TicketFacts } from "./facts.ts";
import { taxesWithin } from "./order-sale.ts";
import { NO_SUMS, type Sums } from "./sums.ts";
import type { SoldLine } from "./ticket-facts.ts";
import { inPlace, part, rateValue, type Unplaced } from "./ticket-parts.ts";

/** What a return by mail does not say by itself. */
export interface MailReturnSurroundings {
  readonly timeZoneOf: (store: StoreId) => string;
  /** A line as it was counted when it was sold, and by which store; null: nobody counted it. */
  readonly soldOf: (position: number) => { readonly sold: SoldLine; readonly store: StoreId } | null;
  /** The store and channel of what nobody counted. */
  readonly otherwise: { readonly store: StoreId; readonly channel: SalesChannel };
}

interface Back {
  readonly line: ReturnAct["lines"][number];
  readonly total: Money;
  readonly sold: SoldLine | null;
  readonly store: StoreId;
}

/** What reports count of goods that came back by mail, once the money went: taken off the stores that had sold them, on the day of that. Nothing where it did not (yet). */
export function mailReturnFactsOf(
  mailReturn: MailReturn,
  around: MailReturnSurroundings,
): readonly TicketFacts[] {
  const { refund, purchase } = mailReturn;
  if (refund === null) return [];
  const { act } = refund;
  const backs = backsOf(act, around);
  const stores = [...new Set(backs.map(({ store }) => store))];
  const shares = allocateMoney({
    total: act.settled,
    weights: stores.map((store) => sumOf(backs, store)),
  });
  return stores.map((store, index) => {
    const own = backs.filter((back) => back.store === store);
    const timeZone = around.timeZoneOf(store);
    const lines = own.map((back, position) => lineOf(mailReturn, back, position, around));
    const given = shares[index] ?? money(0, purchase.currency);
    return {
      ticket: idOf<"Ticket">(`mail/${act.id}${index === 0 ? "" : `/${index}`}`),
      order: purchase.ref.kind === "order" ? purchase.ref.id : null,
      number: purchase.number,
      at: act.at,
      store,
      device: idOf<"Device">(""),
      staff: idOf<"Staff">(""),
      customer: purchase.customer,
      day: businessDayOf({ at: act.at, timeZone }),
      hour: Number(localTimeOf({ at: act.at, timeZone }).slice(11, 13)),
      currency: purchase.currency,
      due: 0 - given.minor,
      rounding: 0,
      giftCards: 0,
      lines,
      parts: [
        ...inPlace(moneyParts("tender", mailReturn, given)),
        ...inPlace(moneyParts("refund", mailReturn, given)),
        ...inPlace(own.flatMap((back) => taxParts(purchase, back))),
      ],
    };
  });
}

/** Its lines with what was really given back for them: less than they cost where some of that was given back before. */
function backsOf({ lines, settled }: ReturnAct, around: MailReturnSurroundings): readonly Back[] {
  const told = lines.filter(({ pieces, total }) => pieces > 0 || total.minor !== 0);
  const totals = allocateMoney({
    total: settled,
    weights: told.map(({ total }) => Math.max(0, total.minor)),
  });
  return told.map((line, index) => {
    const found = around.soldOf(line.position);
    return {
      line,
      total: totals[index] ?? line.total,
      sold: found?.sold ?? null,
      store: found?.store ?? around.otherwise.store,
    };
  });
}

function sumOf(backs: readonly Back[], store: StoreId): number {
  return backs.reduce((sum, back) => sum + (back.store === store ? Math.max(0, back.total.minor) : 0), 0);
}

function lineOf(
  { purchase, lines }: MailReturn,
  back: Back,
  position: number,
  { otherwise }: MailReturnSurroundings,
): ReportLine {
  const { line, sold, total } = back;
  const bought = purchase.lines.find((each) => each.position === line.position);
  const tax = taxOf(purchase, back).reduce((sum, each) => sum + each.tax.minor, 0);
  const net = 0 - (total.minor - tax);
  const unitCost = sold?.unitCost ?? null;
  const sums: Sums = {
    ...NO_SUMS,
    parts: 1,
    returnedPieces: line.pieces,
    returned: 0 - total.minor,
    net,
    tax: 0 - tax,
    cost: 0 - (unitCost ?? 0) * line.pieces,
    costedNet: unitCost === null ? 0 : net,
  };
  return {
    position,
    kind: "returned",
    channel: sold?.channel ?? otherwise.channel,
    seller: sold?.seller ?? null,
    variant: bought?.variant ?? UNKNOWN_VARIANT,
    product: sold?.product ?? "",
    category: sold?.category ?? "",
    brand: sold?.brand ?? "",
    of: { ticket: purchase.ref.id, position: line.position },
    reason: lines.find((each) => each.position === line.position)?.reason ?? null,
    unitCost,
    label:
      bought === undefined
        ? ""
        : [bought.sku, [bought.name, ...bought.options].filter((text) => text !== "").join(", ")].join(" · "),
    sums,
  };
}

function taxOf({ lines }: Purchase, { line, total }: Back) {
  const rates = lines.find(({ position }) => position === line.position)?.taxes ?? [];
  const taxes = rates.map((each, index) => ({ ...each, tax: line.taxes[index] ?? money(0, total.currency) }));
  return taxesWithin({ total: line.total, taxes }, total);
}

function taxParts(purchase: Purchase, back: Back): readonly Unplaced[] {
  return taxOf(purchase, back).map(({ rate, net, tax }) =>
    part("tax", rateValue(rate), rate.name, {
      returned: 0 - (net.minor + tax.minor),
      net: 0 - net.minor,
      tax: 0 - tax.minor,
    }),
  );
}

/** By the ways that HQ gave it back: online by the shop, the rest as credit or paid out. */
function moneyParts(family: "tender" | "refund", { refund }: MailReturn, given: Money): readonly Unplaced[] {
  const parts = refund?.parts ?? [];
  const amounts = allocateMoney({
    total: parts.length === 0 ? money(0, given.currency) : given,
    weights: parts.map(({ amount }) => amount.minor),
  });
  return parts.flatMap(({ way }, index) => {
    const minor = amounts[index]?.minor ?? 0;
    if (minor === 0) return [];
    const value = way === "shop" ? "paidOnline" : way === "credit" ? "credit" : "payout";
    return [part(family, value, "", { returned: 0 - minor })];
  });
}
