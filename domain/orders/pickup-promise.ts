import { type Instant, instant } from "../ids.ts";
import { businessDayOf, daysAfter } from "../store/business-day.ts";
import { localTimeOf } from "../store/local-time.ts";
import { doneInOpenHours, type OpeningHours, openSpansOf } from "../store/opening-hours.ts";
import type { OrderPolicy } from "./policy.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Beyond these days a store that is full of promises makes one all the same. */
const SEARCHED_DAYS = 14;

/** What a store's promise goes by. */
export interface PromiseScene {
  readonly at: Instant;
  readonly policy: Pick<OrderPolicy, "promiseMs" | "pickupsPerHour">;
  /** Null: it counts as always open. */
  readonly hours: OpeningHours | null;
  /** IANA name. */
  readonly timeZone: string;
}

/** By when an order is ready if nothing else waits: after so much time in which the store is open. */
export function earliestPromise({ at, policy: { promiseMs }, hours, timeZone }: PromiseScene): Instant {
  return hours === null
    ? instant(at + promiseMs)
    : doneInOpenHours({ at, workMs: promiseMs, hours, timeZone });
}

/**
 * By when a customer is told that an order can be collected. Where the store has room for so many an hour, no hour of its clocks is promised more often than that:
 * what finds an hour full is promised for a later one in which the store is open, the moments of an hour apart from each other. `promised` are those of the
 * pickups that are still to be handed out. A store that is full for two weeks makes the earliest promise, so that one is made at all.
 */
export function pickupPromise(scene: PromiseScene, promised: readonly Instant[]): Instant {
  const earliest = earliestPromise(scene);
  const { pickupsPerHour: most } = scene.policy;
  if (most === undefined) return earliest;
  for (const hour of openHoursFrom(earliest, scene)) {
    const taken = promised.filter((each) => each > hour.from && each <= hour.until).length;
    if (taken >= most) continue;
    if (earliest > hour.from && earliest <= hour.until) return earliest;
    return momentIn(hour, taken, most);
  }
  return earliest;
}

interface Hour {
  /** The hour of the clock, its first moment not in it: work that is done at three was done in the hour before. */
  readonly from: number;
  readonly until: number;
  /** When the store is open in it. */
  readonly opens: number;
  readonly closes: number;
}

/** The hour of the moment, and those after it in which the store is open. */
function* openHoursFrom(earliest: Instant, { hours, timeZone }: PromiseScene): Generator<Hour> {
  const first = hourWith(earliest, timeZone);
  yield { ...first, opens: first.from, closes: first.until };
  const today = businessDayOf({ at: earliest, timeZone });
  for (let ahead = 0; ahead < SEARCHED_DAYS; ahead += 1) {
    const day = daysAfter(today, ahead);
    for (const { from, until } of openSpansOf({ hours, day, timeZone })) {
      let at = Math.max(from, first.until);
      while (at < until) {
        const hour = hourWith(instant(at + 1), timeZone);
        const closes = Math.min(until, hour.until);
        yield { ...hour, opens: at, closes };
        at = closes;
      }
    }
  }
}

/** The hour by the store's clocks that a moment is the end of, or within. */
function hourWith(at: Instant, timeZone: string): Pick<Hour, "from" | "until"> {
  const minutes = Number(localTimeOf({ at: instant(at - 1), timeZone }).slice(-2));
  const minute = Math.floor((at - 1) / MINUTE_MS) * MINUTE_MS;
  const from = minute - minutes * MINUTE_MS;
  return { from, until: from + HOUR_MS };
}

/** The moments of an hour are as far apart as there is room for, the last of them its end. */
function momentIn({ opens, closes }: Hour, taken: number, most: number): Instant {
  const share = Math.ceil(((closes - opens) * (taken + 1)) / most / MINUTE_MS) * MINUTE_MS;
  return instant(Math.min(closes, opens + share));
}
