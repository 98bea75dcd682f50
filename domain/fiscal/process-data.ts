import { decimalText } from "../money/format.ts";
import { money } from "../money/money.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import type { Ticket, TicketTender } from "../ticket/ticket.ts";

/** What kind of process a receipt is to a German security device (DSFinV-K, appendix I). */
export const RECEIPT_PROCESS = "Kassenbeleg-V1";

/** Parts per million of the German rates in the order in which process data names them; the last is everything else. */
const RATES_PPM: readonly (number | null)[] = [190_000, 70_000, 107_000, 55_000, null];

/** What a security device signs of a ticket: gross amounts per tax rate, and what was paid in cash and otherwise. */
export function receiptProcessData(
  ticket: Pick<Ticket, "lines" | "tenders" | "taxMode" | "currency" | "totals">,
): string {
  const { currency } = ticket;
  const amount = (minor: number) => decimalText(money(minor, currency));
  const payments = [
    { kind: "Bar", minor: paid(ticket.tenders, true) },
    { kind: "Unbar", minor: paid(ticket.tenders, false) },
  ].filter(({ minor }, index) => minor !== 0 || (index === 0 && ticket.totals.due.minor === 0));
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
}: Pick<Ticket, "lines" | "taxMode" | "totals">): readonly number[] {
  const sums = RATES_PPM.map(() => 0);
  for (const line of lines) {
    const ppm = line.taxes.reduce((sum, { rate }) => sum + rate.ppm, 0);
    const tax = line.taxes.reduce((sum, each) => sum + each.tax.minor, 0);
    const known = RATES_PPM.indexOf(ppm);
    const index = known === -1 ? RATES_PPM.length - 1 : known;
    sums[index] = (sums[index] ?? 0) + line.total.minor + (taxMode === "exclusive" ? tax : 0);
  }
  const last = RATES_PPM.length - 1;
  sums[last] = (sums[last] ?? 0) + totals.cashRounding.minor;
  return sums;
}

function paid(tenders: readonly TicketTender[], inCash: boolean): number {
  return tenders.reduce((sum, tender) => {
    if (tender.kind === "cash") return inCash ? sum + cashKept(tender).minor : sum;
    const isCash = tender.kind === "refund" && tender.to.kind === "cash";
    if (isCash !== inCash) return sum;
    return tender.kind === "refund" ? sum - tender.amount.minor : sum + tender.amount.minor;
  }, 0);
}
