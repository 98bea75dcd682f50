import { isDeepStrictEqual } from "node:util";
import type { Missing, Records, RecordsState } from "#protocol/sync/records.ts";
import type { Clock, Unwatch } from "../ports.ts";
import type { Recovery } from "./recovery.ts";

/** What was wrong with the till's own records since it was started, for its screen and for HQ. */
export class OwnRecords {
  readonly #clock: Clock;
  readonly #watchers = new Set<() => void>();
  #now: Records | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get now(): Records | null {
    return this.#now;
  }

  /** What the start put right, unless something goes on that is worse to know. */
  recovered(recovery: Recovery | null): void {
    if (recovery === null || this.#now !== null) return;
    this.found(stateOf(recovery), recovery.unsure === null ? undefined : [recovery.unsure]);
  }

  /** `missing`: of `incomplete`, what is; of what was put right, what may be. What was found before it keeps when it was. */
  found(state: RecordsState, missing?: readonly Missing[]): void {
    const isKnown = this.#now?.state === state && isDeepStrictEqual(this.#now.missing, missing);
    if (isKnown) return;
    this.#now = { state, at: this.#clock.now(), ...(missing === undefined ? {} : { missing: [...missing] }) };
    for (const watcher of [...this.#watchers]) watcher();
  }

  watch(onChange: () => void): Unwatch {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  }
}

function stateOf({ database, copy, given }: Recovery): RecordsState {
  if (given > 0) return "given";
  if (copy === "forked") return "forked";
  if (database === "whole") return "copy";
  return copy === "whole" ? "database" : "both";
}
