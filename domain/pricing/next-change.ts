import { type Instant, instant } from "../ids.ts";
import type { Price } from "../product/product.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { instantOfLocalTime, localTimeOf } from "../store/local-time.ts";

const MINUTES_PER_DAY = 1_440;
const DAY_MS = 86_400_000;

/** The first moment after `at` at which one of these prices or promotions begins, ends, or its day or hour does; null: none is planned. */
export function nextChange({
  at,
  timeZone,
  prices,
  promotions,
}: {
  readonly at: Instant;
  readonly timeZone: string;
  readonly prices: readonly Pick<Price, "validFrom" | "validTo">[];
  readonly promotions: readonly Pick<Promotion, "validFrom" | "validUntil" | "when">[];
}): Instant | null {
  const moments = [
    ...prices.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
    ...promotions.flatMap(({ validFrom, validUntil, when }) => [
      validFrom,
      validUntil,
      ...minutesOf(when).flatMap((minute) => nextAt(minute, { at, timeZone })),
    ]),
  ];
  return moments.reduce<Instant | null>(
    (next, moment) => (moment !== null && moment > at && (next === null || moment < next) ? moment : next),
    null,
  );
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
