/** A chain and what each step costs it; times in milliseconds. */
export interface Chain {
  readonly tills: number;
  readonly servers: number;
  /** Processors of the database that questions can have. */
  readonly databaseCores: number;
  /** Share of servers and database that is taken by sales meanwhile, 0 up to 1. */
  readonly busy: number;
  /** Pages of the change that each till pulls, one after the other. */
  readonly pages: number;
  readonly costs: FanOutCosts;
  /** 0 up to 1; spreads the ways. */
  readonly random: () => number;
}

export interface FanOutCosts {
  /** From the commit until a server hears of it, on average. */
  readonly notifyMs: number;
  /** A server's processor for telling one till. */
  readonly wakeMs: number;
  /** A server's processor for answering one page, and the database's. */
  readonly pageMs: number;
  readonly databaseMs: number;
  /** From a till to its server, or back, on average. */
  readonly wayMs: number;
  /** At the till, until a page is on its disk. */
  readonly tillMs: number;
}

/** When the last, the 99th of 100 and the middle one of the tills had the change, after it was committed; milliseconds. */
export interface FanOut {
  readonly p50: number;
  readonly p99: number;
  readonly all: number;
}

/**
 * Goes through a price change event by event. Each server is one processor that does what comes in the order in which it came: it tells its tills in one go, and they
 * ask at once. The database answers as many questions at a time as it has processors, for all servers in one line.
 */
export function fanOut(chain: Chain): FanOut {
  const { tills, servers, databaseCores, busy, pages, costs, random } = chain;
  const slowed = 1 / (1 - busy);
  const spread = (mean: number) => mean * (0.5 + random());
  const database = new Station(databaseCores);
  const processors = Array.from({ length: servers }, () => new Station(1));
  const events = new Events();
  const done: number[] = [];

  const ask = (at: number, server: Station, page: number): void => {
    events.at(at + spread(costs.wayMs), (arrived) => {
      const read = database.serve(arrived, costs.databaseMs * slowed);
      events.at(read, (known) => {
        const answered = server.serve(known, costs.pageMs * slowed) + spread(costs.wayMs) + costs.tillMs;
        if (page === pages) done.push(answered);
        else events.at(answered, (had) => ask(had, server, page + 1));
      });
    });
  };

  for (const [place, server] of processors.entries()) {
    const own = Math.floor(tills / servers) + (place < tills % servers ? 1 : 0);
    events.at(spread(costs.notifyMs), (heard) => {
      for (let till = 0; till < own; till += 1) {
        const told = server.serve(heard, costs.wakeMs * slowed) + spread(costs.wayMs);
        events.at(told, (woken) => ask(woken, server, 1));
      }
    });
  }
  events.run();
  const times = Float64Array.from(done).toSorted();
  const share = (of: number) => times[Math.min(times.length - 1, Math.ceil(times.length * of) - 1)] ?? 0;
  return { p50: share(0.5), p99: share(0.99), all: share(1) };
}

/** The least that it can take: nobody waits for anybody. */
export function alone({ pages, costs }: Pick<Chain, "pages" | "costs">): number {
  const { notifyMs, wakeMs, pageMs, databaseMs, wayMs, tillMs } = costs;
  return notifyMs + wakeMs + wayMs + pages * (2 * wayMs + databaseMs + pageMs + tillMs);
}

/** Does work in the order in which it comes, as much at a time as it has hands. It has to be asked in the order of time. */
class Station {
  /** When each hand is free again, the earliest first. */
  readonly #free: number[];

  constructor(hands: number) {
    this.#free = Array.from({ length: hands }, () => 0);
  }

  /** Answers when it is done. */
  serve(at: number, takes: number): number {
    const end = Math.max(at, this.#free.shift() ?? 0) + takes;
    const place = this.#free.findIndex((free) => free > end);
    this.#free.splice(place === -1 ? this.#free.length : place, 0, end);
    return end;
  }
}

interface Event {
  readonly time: number;
  readonly happens: (time: number) => void;
}

/** What is still to happen, the next first: a heap. */
class Events {
  readonly #heap: Event[] = [];

  at(time: number, happens: (time: number) => void): void {
    const heap = this.#heap;
    const event = { time, happens };
    let place = heap.push(event) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || parent.time <= time) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  run(): void {
    for (let next = this.#take(); next !== null; next = this.#take()) next.happens(next.time);
  }

  #take(): Event | null {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const one = heap[left];
      const other = heap[left + 1];
      const below = other !== undefined && one !== undefined && other.time < one.time ? left + 1 : left;
      const child = heap[below];
      if (child === undefined || child.time >= last.time) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
    return first;
  }
}
