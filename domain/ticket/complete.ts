import { usedCoupons } from "../coupons/uses.ts";
import {
  type DeviceId,
  type Instant,
  idOf,
  type ReceiptNumber,
  type ShiftId,
  type StaffId,
  type StoreId,
  type TicketId,
} from "../ids.ts";
import { type LoyaltyAtSale, withLoyalty } from "../loyalty/at-sale.ts";
import { isZero, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { orderedLines } from "../orders/till-order.ts";
import { ok, type Result, refused } from "../result.ts";
import { owedInGoods } from "../returns/owed-in-goods.ts";
import { refundShares } from "../returns/refund-shares.ts";
import { businessDayOf } from "../store/business-day.ts";
import type { TaxSetup } from "../tax/tax.ts";
import type { Basket, Tender } from "./basket.ts";
import { changeByTender, isEmptyBasket, type Payment, paymentOf } from "./payment.ts";
import type { ReturnGrant, Ticket, TicketTender } from "./ticket.ts";

export type CompletionRefusal = "emptyBasket" | "notPaid" | "terminalPending";

/** Turns a paid basket into its ticket, once and for all. */
export function completeTicket({
  basket,
  tax,
  currency,
  timeZone,
  id,
  number,
  store,
  device,
  staff,
  at,
  returnsBy = "offline",
  unreceiptedAsCredit = false,
  loyalty = null,
  shift = null,
}: {
  readonly basket: Basket;
  readonly tax: TaxSetup;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly id: TicketId;
  readonly number: ReceiptNumber;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly staff: StaffId;
  readonly at: Instant;
  /** By what right goods are taken back, where any are. */
  readonly returnsBy?: ReturnGrant["by"];
  /** Whether goods without a receipt bring credit only, as the store's policy says. */
  readonly unreceiptedAsCredit?: boolean;
  /** The programme and how its customer stands; null: nobody collects points with this sale. */
  readonly loyalty?: LoyaltyAtSale | null;
  /** The drawer's shift that it is rung up in; null: none is open. */
  readonly shift?: ShiftId | null;
}): Result<Ticket, CompletionRefusal> {
  if (isEmptyBasket(basket)) return refused("emptyBasket");
  if (basket.cardRequest !== undefined) return refused("terminalPending");
  const payment = paymentOf({ basket, tax, currency });
  if (!payment.complete) return refused("notPaid");
  const change = changeByTender(basket.tenders, payment.change);
  const ticket: Ticket = {
    id,
    number,
    basket: basket.id,
    store,
    device,
    staff,
    customer: basket.customer,
    completedAt: at,
    businessDay: businessDayOf({ at, timeZone }),
    ...(shift === null ? {} : { shift }),
    currency,
    taxMode: tax.mode,
    taxRounding: tax.rounding,
    lines: orderedLines(payment.priced.lines, basket.ordering),
    taxes: payment.priced.taxes,
    totals: payment.priced.totals,
    tenders: [
      ...paidOnlineTenders(basket),
      ...basket.tenders.map((tender) => toTicketTender(tender, change.get(tender.id) ?? zeroMoney(currency))),
    ],
    ...couponsOf(basket, payment.priced.lines),
    ...(basket.taxExemption === undefined ? {} : { taxExemption: basket.taxExemption.certificate }),
    ...grantOf(basket, {
      by: returnsBy,
      owed: owedBy(basket, { payment, tax, currency, unreceiptedAsCredit }),
    }),
  };
  const told = withShares(ticket, basket);
  return ok(loyalty === null ? told : withLoyalty(told, { basket, ...loyalty }));
}

/** With which of its refunds are for which purchase, where several come back. */
function withShares(ticket: Ticket, { returning }: Basket): Ticket {
  const shares = returning === undefined ? [] : refundShares(ticket, returning);
  if (ticket.returning === undefined || shares.length === 0) return ticket;
  return { ...ticket, returning: { ...ticket.returning, shares } };
}

function couponsOf({ coupons = [] }: Basket, lines: Ticket["lines"]): Pick<Ticket, "coupons"> {
  const used = usedCoupons(coupons, lines);
  return used.length === 0 ? {} : { coupons: used };
}

function grantOf(
  { returning }: Basket,
  { by, owed }: { readonly by: ReturnGrant["by"]; readonly owed: Money },
): { readonly returning?: ReturnGrant } {
  if (returning === undefined || returning.lines.length === 0) return {};
  const { override, identity } = returning;
  const said = { identity, ...(isZero(owed) ? {} : { owedInGoods: owed }) };
  if (by === "override" && override !== null) {
    const { manager, reason } = override;
    return { returning: { by, override: { manager, reason }, ...said } };
  }
  return { returning: { by: by === "lease" ? by : "offline", override: null, ...said } };
}

function owedBy(
  { returning, tenders }: Basket,
  {
    payment: { priced },
    tax,
    currency,
    unreceiptedAsCredit,
  }: {
    readonly payment: Payment;
    readonly tax: TaxSetup;
    readonly currency: Currency;
    readonly unreceiptedAsCredit: boolean;
  },
): Money {
  if (returning === undefined) return zeroMoney(currency);
  return owedInGoods({
    returning,
    lines: priced.lines,
    taxMode: tax.mode,
    refunds: tenders.filter((tender) => tender.kind === "refund"),
    unreceiptedAsCredit,
    currency,
  });
}

/** Named after its order: it is the same tender however often the ticket is made. */
function paidOnlineTenders({ collecting }: Basket): readonly TicketTender[] {
  if (collecting === undefined || isZero(collecting.paidOnline)) return [];
  const { order, paidOnline } = collecting;
  return [{ id: idOf<"Tender">(order), kind: "paidOnline", amount: paidOnline, order }];
}

function toTicketTender(tender: Tender, change: Money): TicketTender {
  return tender.kind === "cash" ? { ...tender, change } : tender;
}
