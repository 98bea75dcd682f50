import { formatMoney } from "#domain/money/format.ts";
import type { Money } from "#domain/money/money.ts";

const LOCALE = "en";
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

export function amountText(amount: Money): string {
  return formatMoney({ amount, locale: LOCALE });
}

export function numberText(number: number): string {
  return new Intl.NumberFormat(LOCALE).format(number);
}

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayAndClock = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export function timeText(at: number): string {
  return clock.format(at);
}

export function dateTimeText(at: number): string {
  return dayAndClock.format(at);
}

const dayWithYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });

/** A day that may be years away. */
export function dayText(at: number): string {
  return dayWithYear.format(at);
}

/** "12 sec. ago"; never in the future, whatever this machine's clock says. */
export function agoText({ at, now }: { readonly at: number; readonly now: number }): string {
  const relative = new Intl.RelativeTimeFormat(LOCALE, { style: "short", numeric: "auto" });
  const { amount, unit } = inUnit(Math.max(0, now - at));
  return relative.format(-amount, unit);
}

/** "3 hr" as a length of time, in milliseconds. */
export function durationText(ms: number): string {
  const { amount, unit } = inUnit(ms);
  return new Intl.NumberFormat(LOCALE, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

function inUnit(ms: number): {
  readonly amount: number;
  readonly unit: "second" | "minute" | "hour" | "day";
} {
  if (ms < MINUTE_MS) return { amount: Math.floor(ms / SECOND_MS), unit: "second" };
  if (ms < HOUR_MS) return { amount: Math.floor(ms / MINUTE_MS), unit: "minute" };
  if (ms < DAY_MS) return { amount: Math.floor(ms / HOUR_MS), unit: "hour" };
  return { amount: Math.floor(ms / DAY_MS), unit: "day" };
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const BYTES_PER_STEP = 1_000;

/** "12 GB" as a size of files, in bytes. */
export function bytesText(bytes: number): string {
  let size = bytes;
  let step = 0;
  for (; size >= BYTES_PER_STEP && step < BYTE_UNITS.length - 1; step += 1) size /= BYTES_PER_STEP;
  return new Intl.NumberFormat(LOCALE, {
    style: "unit",
    unit: BYTE_UNITS[step] ?? "byte",
    maximumSignificantDigits: 3,
  }).format(size);
}

/** "12%" of a share; 1 is the whole. `decimals`: so many at most. */
export function percentText(share: number, decimals = 0): string {
  return new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: decimals }).format(share);
}

const languages = new Intl.DisplayNames(["en"], { type: "language" });

/** A language tag (BCP 47) as words. */
export function languageText(tag: string): string {
  return languages.of(tag) ?? tag;
}
