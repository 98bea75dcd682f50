import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";
import { PPM } from "#domain/money/share.ts";
import { kilogramsText } from "#domain/text/kilograms.ts";
import { useTill } from "./till.ts";

function ofStore(): { readonly locale: string; readonly timeZone: string | undefined } {
  const session = useTill.getState().session;
  return session !== null && "locale" in session ? session : { locale: "en", timeZone: undefined };
}

/** An amount as people of the store's country write it. */
export function moneyText(amount: Money): string {
  return formatMoney({ amount, locale: ofStore().locale });
}

/** A share, in parts per million, as people of the store's country write it. */
export function percentText(ppm: number): string {
  const { locale } = ofStore();
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(ppm / PPM);
}

/** A weight in kilograms, to the gram, as people of the store's country write it; without the unit. */
export function weightText(grams: number): string {
  return kilogramsText({ grams, locale: ofStore().locale });
}

/** A moment as time of day in the store's own time zone, with the day when it is not today. */
export function timeText(atMs: number): string {
  const { locale, timeZone } = ofStore();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeZone });
  const today = day.format(atMs) === day.format(Date.now());
  const style = today ? {} : { dateStyle: "short" as const };
  return new Intl.DateTimeFormat(locale, { ...style, timeStyle: "short", timeZone }).format(atMs);
}

/** A day as people of the store's country write it, with the day of the week. */
export function dayText(atMs: number): string {
  const { locale, timeZone } = ofStore();
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone,
  }).format(atMs);
}

/** Where pictures are, in the browser register and in Electron alike. */
export function pictureAddress(hash: string): string {
  return `/pictures/${hash}`;
}

/** A business day (`2026-11-12`) as people of the store's country write it, with the year where it is not this one. */
export function dateText(day: string): string {
  const { locale } = ofStore();
  const at = new Date(`${day}T00:00:00Z`);
  const year = day.startsWith(String(new Date().getUTCFullYear())) ? {} : { year: "numeric" as const };
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...year, timeZone: "UTC" }).format(
    at,
  );
}

/** Today in the store's own time zone, as a business day is written. */
export function todayHere(): string {
  const { timeZone } = ofStore();
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone }).format(Date.now());
}
