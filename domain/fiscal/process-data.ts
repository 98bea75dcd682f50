import { decimalText } from "../money/format.ts";
import { money } from "../money/money.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";

/** What kind of process a receipt is to a German security device (DSFinV-K, appendix I). */
export const RECEIPT_PROCESS = "Kassenbeleg-V1";

/** Parts per million of the German rates in the order in which process data names them; the last is everything else. */
const RATES_PPM: readonly (number | null)[] = [190_000, 70_000, 107_000, 55_000, null];

/**
 * What a security device signs of a ticket: gross amounts per tax rate, and what was paid in cash and otherwise. A voucher for several purposes is no payment: paid with it is less of what
 * bears no tax, and given out for goods that came back it is more of that, as DSFinV-K's export tells it.
 */
export function receiptProcessData(
  ticket: Pick<Ticket, "lines" | "tenders" | "taxMode" | "currency" | "totals">,
): string {
  const { currency } = ticket;
  const amount = (minor: number) => decimalText(money(minor, currency));
  const payments = [
    { kind: "Bar", minor: paid(ticket.tenders, true) },
    { kind: "Unbar", minor: paid(ticket.tenders, false) },
  ].filter(({ minor }, index, all) => minor !== 0 || (index === 0 && all.every((each) => each.minor === 0)));
  return [
    "Beleg",
    grossByRate(ticket).map(amount).join("_"),
    payments.map(({ kind, minor }) => `${amount(minor)}:${kind}`).join("_"),
  ].join("^");
}

function grossByRate({
  lines,
  taxMode,
  totals,
  tenders,
}: Pick<Ticket, "lines" | "taxMode" | "totals" | "tenders">): readonly number[] {
  const sums = RATES_PPM.map(() => 0);
  for (const line of lines) {
    const ppm = line.taxes.reduce((sum, { rate }) => sum + rate.ppm, 0);
    const tax = line.taxes.reduce((sum, each) => sum + each.tax.minor, 0);
    const known = RATES_PPM.indexOf(ppm);
    const index = known === -1 ? RATES_PPM.length - 1 : known;
    sums[index] = (sums[index] ?? 0) + line.total.minor + (taxMode === "exclusive" ? tax : 0);
  }
  const last = RATES_PPM.length - 1;
  sums[last] = (sums[last] ?? 0) + totals.cashRounding.minor + vouchersGivenOut(tenders);
  return sums;
}

/** Below zero: more was paid with vouchers. */
function vouchersGivenOut(tenders: readonly TicketTender[]): number {
  return tenders.reduce((sum, tender) => {
    if (tender.kind === "credit") return sum - tender.amount.minor;
    return tender.kind === "refund" && tender.to.kind === "credit" ? sum + tender.amount.minor : sum;
  }, 0);
}

function paid(tenders: readonly TicketTender[], inCash: boolean): number {
  return tenders.reduce((sum, tender) => {
    if (tender.kind === "cash") return inCash ? sum + cashKept(tender).minor : sum;
    if (tender.kind === "refund") {
      const { to, amount } = tender;
      return to.kind !== "credit" && (to.kind === "cash") === inCash ? sum - amount.minor : sum;
    }
    return inCash || tender.kind === "credit" ? sum : sum + tender.amount.minor;
  }, 0);
}
