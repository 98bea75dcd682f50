import { addMoney, negateMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { RefundTender, RepricedLine, ReturnLine, Ticket } from "../ticket/ticket.ts";
import { sparedBy } from "./cash-back.ts";
import { paymentOfRefund } from "./payment-name.ts";
import { isSamePurchase, type PurchaseRef, purchaseKey } from "./purchase.ts";
import type { GivenBack, ReturnAct } from "./returned.ts";
import { withTax } from "./with-tax.ts";

/** By whom and where something was taken back. */
export type ActHead = Omit<ReturnAct, "lines" | "settled"> & Pick<Ticket, "currency" | "taxMode">;

type BackLine = (ReturnLine | RepricedLine) & { readonly of: NonNullable<ReturnLine["of"]> };

/** What a ticket takes back of which purchases. Goods without a receipt are of none. */
export function returnActsOf(
  ticket: Ticket,
): readonly { readonly purchase: PurchaseRef; readonly act: ReturnAct }[] {
  const byPurchase = new Map<string, BackLine[]>();
  for (const line of ticket.lines) {
    if (line.kind === "sale" || line.of === null) continue;
    const key = purchaseKey(line.of.purchase);
    byPurchase.set(key, [...(byPurchase.get(key) ?? []), { ...line, of: line.of }]);
  }
  const acts = [...byPurchase.values()].flatMap((lines, index) => {
    const [first] = lines;
    if (first === undefined) return [];
    const head = { ...ticket, at: ticket.completedAt };
    const rounded = index === 0 ? roundedUpBack(ticket) : zeroMoney(ticket.currency);
    return [{ purchase: first.of.purchase, act: actOf(head, lines, rounded) }];
  });
  const given = givenTo(ticket, acts);
  return acts.map(({ purchase, act }, index) => ({ purchase, act: { ...act, to: given[index] ?? [] } }));
}

/**
 * How the money of a ticket went back for each of its purchases: as the ticket says; where it does not, to an order what went online to it, the rest to one purchase after the other, as far as
 * it is owed. Of an exchange a part goes nowhere: other goods were taken for it.
 */
function givenTo(
  ticket: Ticket,
  acts: readonly { readonly purchase: PurchaseRef; readonly act: ReturnAct }[],
): readonly (readonly GivenBack[])[] {
  const shares = ticket.returning?.shares;
  if (shares === undefined) return oneAfterTheOther(ticket, acts);
  const refunds = refundsOf(ticket);
  return acts.map(({ purchase }) =>
    shares.flatMap((share): GivenBack[] => {
      const to = refunds.find(({ id }) => id === share.tender)?.to;
      if (to === undefined || !isSamePurchase(share.purchase, purchase)) return [];
      return [{ kind: to.kind, amount: share.amount, payment: paymentOfRefund(to) }];
    }),
  );
}

function refundsOf({ tenders }: Pick<Ticket, "tenders">): readonly RefundTender[] {
  return tenders.flatMap((tender) => (tender.kind === "refund" ? [tender] : []));
}

function oneAfterTheOther(
  ticket: Pick<Ticket, "tenders" | "currency">,
  acts: readonly { readonly purchase: PurchaseRef; readonly act: ReturnAct }[],
): readonly (readonly GivenBack[])[] {
  const open = acts.map(({ act }) => Math.max(0, act.settled.minor));
  const given: GivenBack[][] = acts.map(() => []);
  const ownFirst = refundsOf(ticket).toSorted(
    (a, b) => Number(b.to.kind === "online") - Number(a.to.kind === "online"),
  );
  for (const { amount, to } of ownFirst) {
    let left = amount.minor;
    for (const [index, { purchase }] of acts.entries()) {
      if (to.kind === "online" && purchase.id !== to.order) continue;
      const now = Math.min(left, open[index] ?? 0);
      if (now === 0) continue;
      open[index] = (open[index] ?? 0) - now;
      left -= now;
      given[index]?.push({
        kind: to.kind,
        amount: money(now, ticket.currency),
        payment: paymentOfRefund(to),
      });
    }
  }
  return given;
}

/** What lines of one purchase take back, where no coins are rounded for it. */
export function returnActOf(head: ActHead, lines: readonly (ReturnLine | RepricedLine)[]): ReturnAct {
  const back = lines.flatMap((line) => (line.of === null ? [] : [{ ...line, of: line.of }]));
  return actOf(head, back, zeroMoney(head.currency));
}

function actOf(head: ActHead, lines: readonly BackLine[], rounded: Money): ReturnAct {
  const { id, at, store, device, staff, currency, taxMode } = head;
  const positions = [...new Set(lines.map(({ of }) => of.position))];
  const given = sumMoney(
    lines.map((line) => negateMoney(withTax(line, taxMode))),
    currency,
  );
  const exact = subtractMoney(given, sparedBy(lines, currency));
  return {
    id,
    at,
    store,
    device,
    staff,
    lines: positions.map((position) => {
      const own = lines.filter(({ of }) => of.position === position);
      return {
        position,
        pieces: own.reduce((sum, { kind, quantity }) => sum + (kind === "return" ? quantity : 0), 0),
        total: sumMoney(
          own.map((line) => negateMoney(withTax(line, taxMode))),
          currency,
        ),
        taxes: taxesBack(own, currency),
      };
    }),
    settled: addMoney(exact, rounded),
  };
}

function taxesBack(lines: readonly BackLine[], currency: Money["currency"]): readonly Money[] {
  const most = Math.max(...lines.map(({ taxes }) => taxes.length));
  return Array.from({ length: most }, (_, index) =>
    sumMoney(
      lines.map(({ taxes }) => negateMoney(taxes[index]?.tax ?? zeroMoney(currency))),
      currency,
    ),
  );
}

/** By how much more the coins were that were given back; in an exchange the rounding belongs to what was sold. */
function roundedUpBack({ lines, totals, currency }: Ticket): Money {
  if (lines.some((line) => line.kind === "sale" && line.order === undefined)) return zeroMoney(currency);
  return negateMoney(subtractMoney(totals.cashRounding, sparedBy(lines, currency)));
}
