import { addMoney, negateMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { RepricedLine, ReturnLine, Ticket } from "../ticket/ticket.ts";
import { sparedBy } from "./cash-back.ts";
import { givenFor } from "./given-for.ts";
import { type PurchaseRef, purchaseKey } from "./purchase.ts";
import type { ReturnAct } from "./returned.ts";
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
  const given = givenFor(ticket, acts);
  return acts.map(({ purchase, act }, index) => ({ purchase, act: { ...act, to: given[index] ?? [] } }));
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
