import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";

export function moneyText(amount: Money): string {
  return formatMoney({ amount, locale: navigator.language });
}

export function timeText(atMs: number): string {
  return new Date(atMs).toLocaleString(undefined, { dateStyle: "short", timeStyle: "medium" });
}
