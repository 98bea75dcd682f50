import type { Benchmark, Run } from "./benchmark.ts";
import { type ChainStand, openChain } from "./chain-stand.ts";
import type { Pulling } from "./light-till/till.ts";
import { backlog } from "./load/backlog.ts";
import { measureFloor } from "./load/floor.ts";
import { idle } from "./load/idle.ts";
import { ingest } from "./load/ingest.ts";
import { priceChange } from "./load/price-change.ts";
import { reconnect, USUAL_DOWN_SECONDS } from "./load/reconnect.ts";
import { steady } from "./load/steady.ts";
import type { Measured } from "./metric.ts";

const USUAL_TILLS = 1_000;
const USUAL_SECONDS = 600;
/** A till that is there sells so much a second: a ticket every ten seconds is a Saturday before Christmas. */
const PACE = 0.1;
const BUSY_PACE = 0.3;
const BUSY_SHARE = 0.2;
/** Besides the tills that are there and sell, for each of them: those that come back after three days, and stay. */
const BACK_SHARE = 0.1;
/** Tills that nobody sells at, for each that works. */
const IDLE_TIMES = 10;
const INGEST_TILLS = 100;
/** Tills come by themselves in the morning: so many milliseconds between two. */
const ARRIVE_EVERY_MS = 5;

const CONNECTED = ["steady", "busy", "price", "reconnect"] as const;
const SCENARIOS = [...CONNECTED, "backlog", "ingest", "idle"] as const;
type Scenario = (typeof SCENARIOS)[number];

/** A chain at work: the real server by TLS, with tokens, signatures and checks, and light tills beside it on the same machine. */
export const load: Benchmark = {
  name: "load",
  what: "a chain at work by TLS: acknowledgement and wake-up, tills that come back, a price for all, what is taken in, who listens; floors: bare commits, TLS and checked inserts",
  usual: { skus: 1_000, samples: 1, tills: USUAL_TILLS, seconds: USUAL_SECONDS, down: USUAL_DOWN_SECONDS },
  onEngines: true,
  scenarios: SCENARIOS,
  async *run(run: Run): AsyncGenerator<Measured> {
    const { tills = USUAL_TILLS, scenario } = run;
    const isAsked = (each: Scenario) => scenario === null || scenario === each;
    if (CONNECTED.some(isAsked)) yield* connected(run, isAsked);
    if (isAsked("backlog")) yield* comingBack(run);
    if (isAsked("ingest"))
      yield* alone(run, {
        name: "ingest",
        tills: Math.min(INGEST_TILLS, tills),
        pulls: "never",
        scenario: ingest,
      });
    if (isAsked("idle"))
      yield* alone(
        { ...run, skus: 1 },
        { name: "idle", tills: tills * IDLE_TIMES, pulls: "inTurn", scenario: idle },
      );
  },
};

/** What a chain does whose tills are there. */
async function* connected(run: Run, isAsked: (each: Scenario) => boolean): AsyncGenerator<Measured> {
  const { tills = USUAL_TILLS, seconds = USUAL_SECONDS, down = USUAL_DOWN_SECONDS, engine, say } = run;
  const stand = await openChain(run, { name: "chain", tills, pulls: "always" });
  try {
    const floor = await measureFloor(run, stand.fleet);
    say("tills come");
    await stand.tills.ask({ verb: "connect", range: { from: 0, to: tills }, everyMs: ARRIVE_EVERY_MS });
    const common = { floor, engine };
    const pace = PACE * tills;
    if (isAsked("steady")) {
      say(`${pace} tickets a second`);
      const aims = { ackMs: 150, wakeMs: 250 };
      yield* steady(stand, { ...common, name: "steady", tills, perSecond: pace, seconds, ...aims });
    }
    if (isAsked("busy")) {
      const perSecond = BUSY_PACE * tills;
      say(`${perSecond} tickets a second`);
      const shorter = Math.ceil(seconds * BUSY_SHARE);
      yield* steady(stand, { ...common, name: "busy", tills, perSecond, seconds: shorter, ackMs: 500 });
    }
    if (isAsked("price")) {
      say("a price changes");
      yield* priceChange(stand, { ...common, tills });
    }
    if (isAsked("reconnect")) {
      say("the server is killed");
      yield* reconnect(stand, { ...common, tills, down });
    }
  } finally {
    await stand.close();
  }
}

/** A chain that sells while others come back; on a chain of its own, for those that sell have a process of their own. */
async function* comingBack(run: Run): AsyncGenerator<Measured> {
  const { tills = USUAL_TILLS, engine, say } = run;
  const back = Math.ceil(tills * BACK_SHARE);
  const all = tills + back;
  const stand = await openChain(run, { name: "backlog", tills: all, pulls: "always", hasApart: true });
  try {
    const floor = await measureFloor(run, stand.fleet);
    say("tills come");
    await stand.apart.ask({ verb: "connect", range: { from: 0, to: tills }, everyMs: ARRIVE_EVERY_MS });
    say(`${back} other tills come back after three days`);
    yield* backlog(stand, { floor, engine, live: tills, back, perSecond: PACE * tills });
  } finally {
    await stand.close();
  }
}

/** A scenario on a chain of its own, whose tills do nothing else. */
async function* alone(
  run: Run,
  {
    name,
    tills,
    pulls,
    scenario,
  }: {
    readonly name: Scenario;
    readonly tills: number;
    readonly pulls: Pulling;
    readonly scenario: (
      stand: ChainStand,
      settings: Parameters<typeof ingest>[1],
    ) => AsyncGenerator<Measured>;
  },
): AsyncGenerator<Measured> {
  const { engine, say } = run;
  const stand = await openChain(run, { name, tills, pulls });
  try {
    const floor = await measureFloor(run, stand.fleet);
    say(`${name}: ${tills} tills`);
    yield* scenario(stand, { tills, floor, engine });
  } finally {
    await stand.close();
  }
}
