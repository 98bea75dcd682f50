import type { Timers } from "../../src-main/engine/sync/alarm.ts";

/** What a machine still does between two events: Node's own list names them so. */
const AT_WORK = "Immediate";
/** By threads beside this one, that it only waits for. */
const ELSEWHERE: ReadonlySet<string> = new Set(["FSReqPromise", "FSReqCallback", "CloseReq"]);

/** RxDB waits by the machine's timers as it closes. Those that whoever runs the simulation has set are not ours. */
const TIMER = "Timeout";

/**
 * What RxDB puts off to a moment in which nobody asks it anything (its caches, thousands of times a day) it does by this where a program has it, as browsers do, and
 * else by a timer, for which a day would have to wait each time.
 */
Reflect.set(globalThis, "requestIdleCallback", (run: () => void) => setImmediate(run));

/** So often is it looked whether somebody is done who does not say where he works, before that counts as waiting. */
const TURNS_AWAKE = 50;
/** Somebody who looks all the time keeps the processor from those whom he waits for. */
const REST_MS = 1;

/** The process sleeps for a moment; what it waits for goes on meanwhile, from one file to the next. */
function rest(): Promise<void> {
  resting += 1;
  return new Promise((resolve) => {
    setTimeout(() => {
      resting -= 1;
      resolve();
    }, REST_MS);
  });
}

/** So many sleep by a timer of theirs, for which nobody else has to wait. */
let resting = 0;

function timersSet(resources: readonly string[]): number {
  let count = -resting;
  for (const kind of resources) if (kind === TIMER) count += 1;
  return count;
}

interface Event {
  readonly at: number;
  readonly run: () => void;
  isOff: boolean;
}

/** Ends what was to happen. */
export type Cancel = () => void;

/**
 * The one clock of a simulated world, milliseconds. Nothing happens between two events: the next is begun when all that the one before brought about has
 * been done, so that a world goes the same way each time.
 */
export class VirtualTime {
  #now: number;
  /** In the order in which they happen; of the same moment, in which they were asked for. */
  readonly #events: Event[] = [];
  readonly #busy = new Map<() => boolean, () => Promise<void>>();
  readonly #othersTimers = timersSet(process.getActiveResourcesInfo());

  constructor(beginsAt: number) {
    this.#now = beginsAt;
  }

  get now(): number {
    return this.#now;
  }

  /** `run` is called once so many milliseconds have passed. */
  after(ms: number, run: () => void): Cancel {
    const event: Event = { at: this.#now + Math.max(0, Math.round(ms)), run, isOff: false };
    let [place, end] = [0, this.#events.length];
    while (place < end) {
      const middle = (place + end) >> 1;
      if ((this.#events[middle]?.at ?? 0) > event.at) end = middle;
      else place = middle + 1;
    }
    this.#events.splice(place, 0, event);
    return () => {
      event.isOff = true;
    };
  }

  /** Again and again, until it is ended. */
  every(ms: number, run: () => void): Cancel {
    let isOver = false;
    let cancel: Cancel = () => undefined;
    const again = (): void => {
      if (isOver) return;
      cancel = this.after(ms, again);
      run();
    };
    cancel = this.after(ms, again);
    return () => {
      isOver = true;
      cancel();
    };
  }

  /** Timers of one machine, that all stop when it does. */
  timers(isRunning: () => boolean): Timers {
    return {
      set: (callback, ms) =>
        this.after(ms, () => {
          if (isRunning()) callback();
        }),
      clear: (cancel) => {
        if (typeof cancel === "function") cancel();
      },
    };
  }

  /** `isBusy` says whether somebody works at something that Node's list does not name; `atRest` resolves when that is over, or soon enough. */
  heed(isBusy: () => boolean, atRest: () => Promise<void> = async () => undefined): void {
    this.#busy.set(isBusy, atRest);
  }

  /** Resolves when nothing goes on any more until the next event. */
  async settled(): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      await new Promise<void>((resolve) => void setImmediate(resolve));
      for (const atRest of this.#busy.values()) await atRest();
      const found = this.#found();
      if (found === "quiet") return;
      if (found === "waiting" || turn > TURNS_AWAKE) await rest();
    }
  }

  /** Lets the next event happen, if it does so until then, and all that comes of it. */
  async next(until: number): Promise<boolean> {
    for (;;) {
      const [event] = this.#events;
      if (event === undefined || event.at > until) return false;
      this.#events.shift();
      if (event.isOff) continue;
      this.#now = Math.max(this.#now, event.at);
      event.run();
      await this.settled();
      return true;
    }
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    while (await this.next(until));
    this.#now = Math.max(this.#now, until);
  }

  /** So many milliseconds go by in which nobody is awake; what was to happen in them happens late. */
  skip(ms: number): void {
    this.#now += ms;
  }

  /** Nothing happens any more, and whatever was to is forgotten. */
  end(): void {
    this.#events.length = 0;
    this.#busy.clear();
  }

  #found(): "atWork" | "waiting" | "quiet" {
    // Asked thousands of times a day, and Node's list is the dear part of it.
    for (const isBusy of this.#busy.keys()) if (isBusy()) return "atWork";
    const resources = process.getActiveResourcesInfo();
    let isWaiting = false;
    for (const kind of resources) {
      if (kind === AT_WORK) return "atWork";
      isWaiting ||= ELSEWHERE.has(kind);
    }
    return isWaiting || timersSet(resources) > this.#othersTimers ? "waiting" : "quiet";
  }
}
