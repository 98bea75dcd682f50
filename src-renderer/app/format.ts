import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { useTill } from "./till.ts";

function localeOfStore(): string {
  const session = useTill.getState().session;
  return session !== null && "locale" in session ? session.locale : "en";
}

/** An amount as people of the store's country write it. */
export function moneyText(amount: Money): string {
  return formatMoney({ amount, locale: localeOfStore() });
}

/** A moment as time of day, with the day when it is not today. */
export function timeText(atMs: number): string {
  const at = new Date(atMs);
  const today = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(
    localeOfStore(),
    today ? { timeStyle: "short" } : { dateStyle: "short", timeStyle: "short" },
  );
}

/** Where pictures are, in the browser register and in Electron alike. */
export function pictureAddress(hash: string): string {
  return `/pictures/${hash}`;
}
