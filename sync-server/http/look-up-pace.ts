import type { DeviceId, Instant } from "#domain/ids.ts";
import { Refusal } from "./errors.ts";
import type { Guesser, WrongGuesses } from "./wrong-guesses.ts";

const MINUTE_MS = 60_000;

/** How often one till asks something in a minute, so that whoever has stolen one neither tries codes, nor reads the chain's books through, nor sends mails to all the world. Kept in memory: a server that starts anew begins anew. */
export class LookUpPace {
  readonly #perMinute: number;
  readonly #now: () => Instant;
  readonly #minutes = new Map<DeviceId, { readonly since: Instant; asked: number }>();

  constructor(perMinute: number, now: () => Instant) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /** Counts one asking of a till. Throws a refusal where it has had as many as it may. */
  count({ id }: { readonly id: DeviceId }): void {
    const now = this.#now();
    const minute = this.#minutes.get(id);
    if (minute === undefined || Math.abs(now - minute.since) >= MINUTE_MS) {
      this.#minutes.set(id, { since: now, asked: 1 });
      return;
    }
    if (minute.asked >= this.#perMinute)
      throw new Refusal("tooManyRequests", "This till has asked very often. Wait a minute and try again.");
    minute.asked += 1;
  }
}

/** Codes that open something: a person types or scans one at a time. */
export const CODES_PER_MINUTE = 60;
/** People, sales and cases: a search asks again as somebody types. */
export const LOOK_UPS_PER_MINUTE = 300;

/** Receipts by e-mail: a till that comes back sends what it kept in some minutes. */
export const MAILS_PER_MINUTE = 60;

export interface LookUpPaces {
  readonly codes: LookUpPace;
  readonly lookUps: LookUpPace;
  readonly guesses: WrongGuesses;
}

/** A till as one who may guess codes, at whichever server. */
export function guessingTill({ id }: { readonly id: DeviceId }): Guesser {
  return { who: `till:${id}`, perMinute: CODES_PER_MINUTE };
}
