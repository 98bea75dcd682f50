import { type BusinessDay, type Instant, instant } from "../ids.ts";
import type { Price } from "../product/product.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { dayNumberOf, dayOfNumber } from "../store/business-day.ts";
import { instantOfLocalTime, localTimeOf } from "../store/local-time.ts";

const MINUTES_PER_DAY = 1_440;
const DAY_MS = 86_400_000;

/** The first moment after `at` at which one of these prices or promotions begins, ends, or its day or hour does, the customer is no longer exempt from tax or a tax rate changes; null: none is planned. */
export function nextChange({
  at,
  timeZone,
  prices,
  promotions,
  exemptUntil = null,
  taxFrom = null,
}: {
  readonly at: Instant;
  readonly timeZone: string;
  readonly prices: readonly Pick<Price, "validFrom" | "validTo">[];
  readonly promotions: readonly Pick<Promotion, "validFrom" | "validUntil" | "when">[];
  /** The last day of the customer's tax exemption; null or absent: none, or one without an end. */
  readonly exemptUntil?: BusinessDay | null;
  /** When a planned tax rate begins; null or absent: none does. */
  readonly taxFrom?: Instant | null;
}): Instant | null {
  const moments = [
    ...prices.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
    ...promotions.flatMap(({ validFrom, validUntil, when }) => [
      validFrom,
      validUntil,
      ...minutesOf(when).flatMap((minute) => nextAt(minute, { at, timeZone })),
    ]),
    exemptUntil === null ? null : startOfDayAfter(exemptUntil, timeZone),
    taxFrom,
  ];
  return moments.reduce<Instant | null>(
    (next, moment) => (moment !== null && moment > at && (next === null || moment < next) ? moment : next),
    null,
  );
}

/** Null after the last day that calendars have: a certificate until 9999-12-31 has no end. */
function startOfDayAfter(day: BusinessDay, timeZone: string): Instant | null {
  const next = dayOfNumber(dayNumberOf(day) + 1);
  return next === null ? null : instantOfLocalTime({ text: `${next}T00:00`, timeZone });
}

/** Minutes of the day at which conditions may begin or end to hold. */
function minutesOf({ days, hours }: NonNullable<Promotion["when"]> = {}): readonly number[] {
  return [...(days === undefined ? [] : [0]), ...(hours === undefined ? [] : [hours.from, hours.until])];
}

/** When clocks show this minute of the day, today and tomorrow. */
function nextAt(
  minute: number,
  { at, timeZone }: { readonly at: Instant; readonly timeZone: string },
): readonly (Instant | null)[] {
  const shown = minute % MINUTES_PER_DAY;
  const clock = `${two(Math.floor(shown / 60))}:${two(shown % 60)}`;
  return [at, instant(at + DAY_MS)].map((day) =>
    instantOfLocalTime({
      text: `${localTimeOf({ at: day, timeZone }).slice(0, 10)}T${clock}`,
      timeZone,
    }),
  );
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
