import type { Alarm, Awakening } from "./alarm.ts";
import { backoffMs } from "./backoff.ts";

export interface RetryLoop {
  readonly alarm: Alarm;
  readonly closing: AbortSignal;
  /** 0 up to 1; spreads retries. */
  readonly random: () => number;
  /** Does what there is to do, and says how long to rest, milliseconds. `soFarSoGood` counts what fails later as the first failure. */
  work(woken: Awakening, soFarSoGood: () => void): Promise<number>;
  /** Told of each failure; may ask for a longer rest than the back-off's, milliseconds. */
  failed(error: unknown): number;
}

/** Works, rests (or is woken), and works again until the till closes; what fails is tried again after the back-off. Never throws. */
export async function runRetryLoop({ alarm, closing, random, work, failed }: RetryLoop): Promise<void> {
  let failures = 0;
  let woken: Awakening = "due";
  while (!closing.aborted) {
    let restMs: number;
    try {
      restMs = await work(woken, () => {
        failures = 0;
      });
      failures = 0;
    } catch (error) {
      if (closing.aborted) return;
      failures += 1;
      restMs = Math.max(backoffMs({ failures, random }), failed(error));
    }
    if (closing.aborted) return;
    woken = await alarm.wait(restMs);
  }
}
