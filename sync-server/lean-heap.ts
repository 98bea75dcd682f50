import { setFlagsFromString } from "node:v8";

/** Of what is in use, so much more may gather before it is collected; 0: as V8 sees fit, which is up to four times as much. */
const LEAN_PERCENT = 25;

/**
 * Has the heap collected early, or as V8 sees fit. A line that comes and goes leaves what only the late collection finds, and with ten thousand tills that ask once a minute it is never quiet
 * enough for one: what is in use would be a fifth of what is held. The flag is read whenever a collection ends, so it holds from the next one on (decision 51).
 */
export function keepHeapLean(isLean: boolean): void {
  setFlagsFromString(`--heap-growing-percent=${isLean ? LEAN_PERCENT : 0}`);
}
