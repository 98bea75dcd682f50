import { AsyncLocalStorage } from "node:async_hooks";
import type { DeviceId } from "#domain/ids.ts";

/** How much is taken in at one go, and who else has a turn. */
export interface LinePace {
  /** Entries of one transaction, all tills together. */
  readonly most: number;
  /** After so long no further entry is begun in a transaction, milliseconds by `now`; at least one is taken. */
  readonly turnMs: number;
  readonly now: () => number;
  /** Between two transactions: lets others have the thread. */
  readonly breathe: () => Promise<void>;
}

/** The same whenever it is done again: for whatever does not run on a clock. */
export const BY_COUNT: LinePace = {
  most: 50,
  turnMs: Number.POSITIVE_INFINITY,
  now: () => 0,
  breathe: () => Promise.resolve(),
};

/** As a server takes entries in: a push that is alone is not waited with, and whoever comes meanwhile goes together. */
export const BY_CLOCK: LinePace = {
  most: 100,
  turnMs: 40,
  now: () => performance.now(),
  breathe: () => new Promise((done) => setImmediate(done)),
};

/** A run that is not longer goes before those that are: who sells now is not to wait for who comes back after days. */
const SHORT = 8;

/** A run of one till's entries, and how to take some of it in. */
export interface Taking<T, A> {
  readonly device: DeviceId;
  /** How many entries are left. */
  left(): number;
  /** Takes entries in within the transaction, in order, as long as `goesOn` says so, and the first in any case; an answer where it is done with the run. It may be undone and asked again. */
  take(tx: T, goesOn: () => boolean): Promise<Taken<A>>;
}

export interface Taken<A> {
  readonly entries: number;
  readonly answer: A | null;
  /** What it comes to where the transaction was durable. */
  readonly settle: () => void;
}

interface Waiting<T, A> {
  readonly of: Taking<T, A>;
  readonly done: (answer: A) => void;
  readonly failed: (error: unknown) => void;
}

interface LineSettings<T> {
  readonly pace: LinePace;
  /** Does something in one transaction, and resolves once it is durable. */
  readonly within: (work: (tx: T) => Promise<void>) => Promise<void>;
  /** Whether an error says that the database is away: then nobody is tried alone. */
  readonly isAway: (error: unknown) => boolean;
}

/**
 * The line of journals that are to be taken in. Those that wait at the same time go into one transaction, so that a hundred tills cost one write to the disk; each is told
 * when what it sent is durable and not before. Runs of one till stay in their order. Short runs go first, yet one of the long ones goes on in each transaction, by an entry at least.
 * Where a transaction fails, each run that it had tried is tried alone: one till cannot hold up others.
 */
export class JournalLine<T, A> {
  readonly #pace: LinePace;
  readonly #within: LineSettings<T>["within"];
  readonly #isAway: LineSettings<T>["isAway"];
  #waiting: Waiting<T, A>[] = [];
  #isAtWork = false;
  /** What is done for all belongs to no one's request: a trace would count it as whoever came first. */
  readonly #apart = AsyncLocalStorage.snapshot();

  constructor(of: LineSettings<T>) {
    this.#pace = of.pace;
    this.#within = of.within;
    this.#isAway = of.isAway;
  }

  /** Resolves with the answer once all of the run is durable. Rejects where the database fails; then a part of it may be durable, which is harmless to send again. */
  take(of: Taking<T, A>): Promise<A> {
    return new Promise((done, failed) => {
      this.#waiting.push({ of, done, failed });
      if (!this.#isAtWork) void this.#apart(() => this.#work());
    });
  }

  async #work(): Promise<void> {
    this.#isAtWork = true;
    while (this.#waiting.length > 0) {
      const group = nextOf(this.#waiting);
      for (const one of await this.#together(group)) await this.#alone(one);
      await this.#pace.breathe();
    }
    this.#isAtWork = false;
  }

  /** Whoever is to be tried alone, since nothing was taken of what these brought together. */
  async #together(group: readonly Waiting<T, A>[]): Promise<readonly Waiting<T, A>[]> {
    const tried: Waiting<T, A>[] = [];
    let taken: readonly (readonly [Waiting<T, A>, Taken<A>])[] = [];
    try {
      await this.#within(async (tx) => {
        taken = await this.#some(group, tx, tried);
      });
    } catch (error) {
      const isAway = this.#isAway(error);
      if (tried.length > 1 && !isAway) return tried;
      // Where none was tried, none of them is to blame.
      for (const one of isAway || tried.length === 0 ? group : tried) {
        this.#leave(one);
        one.failed(error);
      }
      return [];
    }
    for (const [one, { settle, answer }] of taken) {
      settle();
      if (answer === null) this.#behindOthers(one);
      else {
        this.#leave(one);
        one.done(answer);
      }
    }
    return [];
  }

  async #alone(one: Waiting<T, A>): Promise<void> {
    await this.#together([one]);
    await this.#pace.breathe();
  }

  async #some(
    group: readonly Waiting<T, A>[],
    tx: T,
    tried: Waiting<T, A>[],
  ): Promise<readonly (readonly [Waiting<T, A>, Taken<A>])[]> {
    const { most, turnMs, now } = this.#pace;
    const until = now() + turnMs;
    const taken: (readonly [Waiting<T, A>, Taken<A>])[] = [];
    let entries = 0;
    let begun = 0;
    const goesOn = () => {
      if (begun >= most || now() >= until) return false;
      begun += 1;
      return true;
    };
    const firstLong = group.find((one) => !isShort(one));
    for (const one of group) {
      // A run that was sent again brings nothing new, and costs its turn all the same.
      const isOver = Math.max(entries, taken.length) >= most || now() >= until;
      if (isOver && taken.length > 0 && one !== firstLong) continue;
      tried.push(one);
      const some = await one.of.take(tx, goesOn);
      entries += some.entries;
      begun = entries;
      taken.push([one, some]);
    }
    return taken;
  }

  #leave(one: Waiting<T, A>): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
  }

  /** Other long runs have their turn before it goes on; those of its own till stay behind it. */
  #behindOthers(one: Waiting<T, A>): void {
    const { device } = one.of;
    const own = this.#waiting.filter(({ of }) => of.device === device);
    this.#waiting = [...this.#waiting.filter(({ of }) => of.device !== device), ...own];
  }
}

/** Whose turn it is, of each till the first: the short ones, and then the long ones. */
function nextOf<T, A>(waiting: readonly Waiting<T, A>[]): readonly Waiting<T, A>[] {
  const seen = new Set<DeviceId>();
  const first = waiting.filter(({ of: { device } }) => !seen.has(device) && seen.add(device));
  return [...first.filter(isShort), ...first.filter((one) => !isShort(one))];
}

function isShort<T, A>({ of }: Waiting<T, A>): boolean {
  return of.left() <= SHORT;
}
