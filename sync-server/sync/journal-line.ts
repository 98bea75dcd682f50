import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import type { DeviceId } from "#domain/ids.ts";
import { GroupSize } from "./group-size.ts";

/** How much is taken in at one go, and who else has a turn. */
export interface LinePace {
  /** What goes into one transaction, all tills together: by what each entry costs. */
  readonly most: number;
  /** So long a transaction is to take, milliseconds by `now`, once it is its turn: see `GroupSize`. */
  readonly turnMs: number;
  readonly now: () => number;
  /** Between two transactions, of which the last took so long, milliseconds: lets others have the thread. `gathers`: until then more is to come that goes into the next. */
  readonly breathe: (tookMs: number, gathers: boolean) => Promise<void>;
  /** Whoever reads lets others have the thread, and goes on as soon as what they do is over, or after a moment. `whenOver` as that of `Selling`. */
  readonly giveWay: (whenOver: (go: () => void) => () => void) => Promise<void>;
}

/** The same whenever it is done again: for whatever does not run on a clock. */
export const BY_COUNT: LinePace = {
  most: 50,
  turnMs: Number.POSITIVE_INFINITY,
  now: () => 0,
  breathe: () => Promise.resolve(),
  giveWay: () => Promise.resolve(),
};

/** At most so long others have the thread, milliseconds, before it goes on: for so many turns of the loop of a millisecond or more. */
const MOST_REST_MS = 10;
/**
 * A turn in which the loop slept for so long, milliseconds, and nobody came in, had nobody in it who wanted the thread. Each alone says little: the system counts as sleep what it gave to other
 * programs meanwhile, and whoever has a line comes in no more.
 */
const ASLEEP_MS = 0.5;
/** So many of them in a row: who is let in asks and is answered a few times. */
const QUIET_TURNS = 2;

/**
 * So many are let in at most, one in each turn of the loop, between two rounds of those who read: by TLS less than a tenth of a second. After an outage all tills of a chain stand at the door, and
 * those that sell among them, who cannot be told apart before they are in. Rounds are fewer and fuller for it.
 */
const MOST_LET_IN = 100;
/** For so long at most, milliseconds: a booking may hold a turn for most of that, and those who read wait too. */
const LETS_IN_MS = 100;

interface Clock {
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** How long this thread has had nothing to do since it began, milliseconds. */
  readonly sleptMs: () => number;
  /** How many lines came in so far; as that of `Arrivals`. */
  readonly cameIn: () => number;
}

/** This machine's, but for who comes in. */
export const MACHINE: Omit<Clock, "cameIn"> = {
  now: () => performance.now(),
  pause: (ms) => wait(ms),
  sleptMs: () => performance.eventLoopUtilization().idle,
};

/**
 * As a server takes entries in, by this clock, milliseconds, and this way to wait for so many: a push that is alone is not waited with, and whoever comes meanwhile goes together. Others have the thread for as long as the last transaction took: tills
 * that pull are answered, and more goes into the next one, which costs about as much with ten sales as with one. They have it for so many turns of
 * the loop, however much one of those holds: the system hands over one new connection in each, and who needed another line to sell by, beside a hundred that came back, was let in after twelve seconds.
 * Where enough waits for the next one they have it while they want it: a loop that sleeps, and by which nobody came in, has let in whoever waited.
 */
export function byClock({ now, pause, sleptMs, cameIn }: Clock): LinePace {
  return {
    most: 250,
    turnMs: 80,
    now,
    breathe: async (tookMs, gathers) => {
      if (tookMs < 1) await nextTurn();
      let quiet = 0;
      for (let ms = 1; ms <= Math.min(tookMs, MOST_REST_MS); ms += 1) {
        const [slept, came] = [sleptMs(), cameIn()];
        await pause(1);
        const isQuiet = sleptMs() - slept >= ASLEEP_MS && cameIn() === came;
        quiet = isQuiet ? quiet + 1 : 0;
        if (!gathers && quiet === QUIET_TURNS) return;
      }
    },
    giveWay: async (whenOver) => {
      await nextTurn();
      // The first ends before the system is asked who stands at the door.
      const end = now() + LETS_IN_MS;
      for (let turns = 0, before = -1; turns < MOST_LET_IN && cameIn() !== before; turns += 1) {
        if (now() >= end) break;
        before = cameIn();
        await nextTurn();
      }
      await new Promise<void>((done) => {
        const tooLong = setTimeout(() => {
          forget();
          done();
        }, MOST_REST_MS);
        const forget = whenOver(() => {
          clearTimeout(tooLong);
          done();
        });
      });
    },
  };
}

/** A run that brings no more goes before those that do: who sells now is not to wait for who comes back after days. The last of a long one sells nothing. */
const SHORT = 8;
/** Of what goes beside sales those that come back have this part at least, one in so many, as far as the sales leave any. */
const BACKLOG_SHARE = 4;

/** A run of one till's entries that waits to be taken in. */
export interface Waits {
  readonly device: DeviceId;
  /** How many of its entries are left. */
  readonly left: number;
  /** What each of them costs, in plain sales. */
  costs(): readonly number[];
}

/** A run whose turn it is, and how many of its entries may go into this transaction: one at least. */
export interface Turn<R> {
  readonly run: R;
  readonly most: number;
}

export interface Taken<A> {
  /** What was taken of it. Nothing where it brought nothing new. */
  readonly cost: number;
  /** Null: the run is to go on. */
  readonly answer: A | null;
  /** What it comes to where the transaction was durable. */
  readonly settle: () => void;
}

interface Waiting<R, A> {
  readonly run: R;
  /** By what it brought. */
  readonly isShort: boolean;
  readonly done: (answer: A) => void;
  readonly failed: (error: unknown) => void;
}

interface LineSettings<R extends Waits, T, A> {
  readonly pace: LinePace;
  /** Does something in one transaction, and resolves once it is durable. `isAgain`: it failed once, and is done again. */
  readonly within: (work: (tx: T) => Promise<void>, isAgain: boolean) => Promise<void>;
  /** Takes entries of these runs in within the transaction, of each in their order; what came of each, in the order of the turns. It may be undone and asked again. */
  readonly take: (tx: T, turns: readonly Turn<R>[]) => Promise<readonly Taken<A>[]>;
  /** Whether an error says that the database is away: then nobody is tried alone. */
  readonly isAway: (error: unknown) => boolean;
  /** Whether the whole transaction is to be done again, once, before anybody is tried alone. */
  readonly isToBeDoneAgain: (error: unknown) => boolean;
}

/**
 * The line of journals that are to be taken in. Those that wait at the same time go into one transaction, so that a hundred tills cost one write to the disk; each is told
 * when what it sent is durable and not before. Runs of one till stay in their order. Short runs go first, yet the long ones go on in each transaction, by a quarter of what goes beside sales where there is room, and by an entry at least.
 * Where a transaction fails, each run that was in it is tried alone: one till cannot hold up others.
 */
export class JournalLine<R extends Waits, T, A> {
  readonly #of: LineSettings<R, T, A>;
  readonly #size: GroupSize;
  #waiting: Waiting<R, A>[] = [];
  #isAtWork = false;
  /** The last transaction. */
  #tookMs = 0;
  /** What is done for all belongs to no one's request: a trace would count it as whoever came first. */
  readonly #apart = AsyncLocalStorage.snapshot();

  constructor(of: LineSettings<R, T, A>) {
    this.#of = of;
    this.#size = new GroupSize(of.pace);
  }

  /** Resolves with the answer once all of the run is durable. Rejects where the database fails; then a part of it may be durable, which is harmless to send again. */
  take(run: R): Promise<A> {
    return new Promise((done, failed) => {
      this.#waiting.push({ run, isShort: run.left <= SHORT, done, failed });
      if (!this.#isAtWork) void this.#apart(() => this.#work());
    });
  }

  async #work(): Promise<void> {
    const { breathe } = this.#of.pace;
    const rest = () => breathe(this.#tookMs, this.#gathers());
    this.#isAtWork = true;
    while (this.#waiting.length > 0) {
      for (const one of await this.#together(turnsOf(this.#waiting, this.#size).turns)) {
        await rest();
        await this.#together([one]);
      }
      await rest();
    }
    this.#isAtWork = false;
  }

  /** Whether the next transaction would be less than half of what it may be. */
  #gathers(): boolean {
    const { turns, most } = turnsOf(this.#waiting, this.#size);
    return turns.reduce((sum, { cost }) => sum + cost, 0) < most / 2;
  }

  /** Whoever is to be tried alone, since nothing was taken of what these brought together. */
  async #together(group: readonly Turn<Waiting<R, A>>[]): Promise<readonly Turn<Waiting<R, A>>[]> {
    const { now } = this.#of.pace;
    const turns = group.map(({ run: { run }, most }) => ({ run, most }));
    let taken: readonly Taken<A>[] = [];
    let began: number | null = null;
    let inVainMs = 0;
    const once = async (isAgain: boolean) => {
      inVainMs = began === null ? 0 : now() - began;
      began = null;
      await this.#of.within(async (tx) => {
        // Others' writes, which it waited for, are no reason to do less at a time.
        began = now();
        taken = await this.#of.take(tx, turns);
      }, isAgain);
    };
    try {
      await once(false).catch((error: unknown) => {
        if (!this.#of.isToBeDoneAgain(error)) throw error;
        return once(true);
      });
    } catch (error) {
      // Where it could not even begin, none of them is to blame.
      if (group.length > 1 && began !== null && !this.#of.isAway(error)) return group;
      for (const { run } of group) {
        this.#leave(run);
        run.failed(error);
      }
      return [];
    }
    const cost = taken.reduce((sum, each) => sum + each.cost, 0);
    this.#tookMs = began === null ? 0 : inVainMs + now() - began;
    if (began !== null) this.#size.took(cost, this.#tookMs);
    for (const [place, { run }] of group.entries()) {
      const { answer = null, settle } = taken[place] ?? {};
      settle?.();
      if (answer === null) this.#behindOthers(run);
      else {
        this.#leave(run);
        run.done(answer);
      }
    }
    return [];
  }

  #leave(one: Waiting<R, A>): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
  }

  /** Other long runs have their turn before it goes on; those of its own till stay behind it. */
  #behindOthers(one: Waiting<R, A>): void {
    const { device } = one.run;
    const own = this.#waiting.filter(({ run }) => run.device === device);
    this.#waiting = [...this.#waiting.filter(({ run }) => run.device !== device), ...own];
  }
}

/** Whose turn is next. */
interface Turns<R, A> {
  readonly turns: readonly (Turn<Waiting<R, A>> & { readonly cost: number })[];
  /** What they may cost together; more only by what is short, or where those that are long have their least. */
  readonly most: number;
}

/**
 * Whose turn it is, of each till the first: the short ones, and then the long ones. Beside short ones the long ones have less room, so that whoever sells waits for less of them, yet a share
 * of it however much is sold: a backlog would never end. A run that was sent again brings nothing new, and counts as an entry all the same.
 */
function turnsOf<R extends Waits, A>(waiting: readonly Waiting<R, A>[], size: GroupSize): Turns<R, A> {
  const seen = new Set<DeviceId>();
  const first = waiting.filter(({ run: { device } }) => !seen.has(device) && seen.add(device));
  const [short, long] = [first.filter((one) => one.isShort), first.filter((one) => !one.isShort)];
  const isMixed = short.length > 0 && long.length > 0;
  const turns: (Turn<Waiting<R, A>> & { readonly cost: number })[] = [];
  let room = size.alone;
  for (const run of short) {
    if (room <= 0) break;
    const costs = run.run.costs();
    const cost = sumOf(costs);
    turns.push({ run, most: costs.length, cost });
    room -= cost;
  }
  if (isMixed) {
    const { besideSales, alone } = size;
    const left = besideSales - (alone - room);
    room = Math.min(room, Math.max(left, Math.ceil(besideSales / BACKLOG_SHARE)));
  }
  for (const run of long) {
    if (room <= 0 && run !== long[0]) break;
    const costs = run.run.costs();
    const most = Math.max(1, fitting(costs, room));
    const cost = sumOf(costs.slice(0, most));
    turns.push({ run, most, cost });
    room -= cost;
  }
  return { turns, most: isMixed ? size.besideSales : size.alone };
}

function sumOf(costs: readonly number[]): number {
  return costs.reduce((sum, each) => sum + each, 0);
}

/** How many of the first go into this room. */
function fitting(costs: readonly number[], room: number): number {
  let left = room;
  const end = costs.findIndex((cost) => {
    left -= cost;
    return left < 0;
  });
  return end === -1 ? costs.length : end;
}
