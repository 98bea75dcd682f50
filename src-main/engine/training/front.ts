import type { Instant } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { VERBS, type Verb, type VerbAnswer, VIEWS, type View } from "#protocol/till/contract.ts";
import type { TrainingView } from "#protocol/till/training.ts";
import { type FollowedView, followed } from "../followed.ts";
import type { Clock } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import { Turns } from "../shop/turns.ts";
import type { Shop } from "../shop/verbs.ts";
import type { Timers } from "../sync/alarm.ts";
import type { TillService, VerbTable, ViewTable } from "../till-service.ts";
import type { Practice } from "./practice.ts";

/** A training in which nobody did anything for this long, milliseconds, is over. */
export const IDLE_MS = 15 * 60_000;

/** What is the real till's also while somebody practises: its pairing, its pictures, its program, and how it stands with the server. */
const ALWAYS_REAL: ReadonlySet<string> = new Set([
  "pair",
  "picture",
  "sync",
  "update",
  "installUpdate",
  "confirmRecords",
  "syncNow",
] satisfies (Verb | View)[]);

type OwnVerb = "startTraining" | "endTraining";

/** The till that counts, as far as it knows nothing of training. */
export interface RealTill {
  readonly verbs: Omit<VerbTable, OwnVerb>;
  readonly views: Omit<ViewTable, "training">;
  mayTrain: Shop["mayTrain"];
}

export interface FrontSettings {
  readonly real: RealTill;
  readonly openPractice: () => Promise<Practice>;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Somebody did something at this till. */
  readonly onTouched: () => void;
  readonly onDefect: (what: string, error: unknown) => void;
}

interface Training extends Practice {
  readonly since: Instant;
}

/** Which till the screens talk to: the real one, or the one to practise on. Nothing reaches both. */
export class Front implements TillService {
  readonly verbs: VerbTable;
  readonly views: ViewTable;
  readonly #settings: FrontSettings;
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  #training: Training | null = null;
  #idle: unknown = null;

  constructor(settings: FrontSettings) {
    this.#settings = settings;
    // The tables' types cannot be told to one verb or view after another.
    this.verbs = Object.fromEntries(
      Object.keys(VERBS).map((verb) => [verb, (args: unknown) => this.#perform(verb as Verb, args)]),
    ) as unknown as VerbTable;
    this.views = Object.fromEntries(
      Object.keys(VIEWS).map((view) => [view, this.#viewOf(view as View)]),
    ) as unknown as ViewTable;
  }

  /** Ends a training that goes on. */
  async close(): Promise<void> {
    await this.#turns.take(() => this.#end());
  }

  #perform(verb: Verb, args: unknown): Promise<unknown> {
    this.#settings.onTouched();
    switch (verb) {
      case "startTraining":
        return this.#turns.take(() => this.#start(VERBS.startTraining.args.parse(args)));
      case "endTraining":
        return this.#turns.take(async () => ((await this.#end()) ? ok({}) : refused("notTraining")));
      default:
        if (this.#training !== null) this.#stayAwake();
        return (this.#tillFor(verb).verbs[verb] as (args: unknown) => Promise<unknown>)(args);
    }
  }

  #tillFor(what: Exclude<Verb, OwnVerb> | Exclude<View, "training">): RealTill {
    const { real } = this.#settings;
    if (this.#training === null || ALWAYS_REAL.has(what)) return real;
    // Of what the practice lacks nothing is asked of it.
    return this.#training.shop as unknown as RealTill;
  }

  #viewOf(view: View): FollowedView {
    if (view === "training")
      return { current: () => this.#view(), watch: (onChange) => this.#changes.watch(onChange) };
    return followed(() => this.#tillFor(view).views[view], this.#changes);
  }

  #view(): TrainingView {
    return this.#training === null ? null : { since: this.#training.since };
  }

  async #start({
    approval,
  }: ReturnType<typeof VERBS.startTraining.args.parse>): Promise<VerbAnswer<"startTraining">> {
    const { real, openPractice, clock, onDefect } = this.#settings;
    if (this.#training !== null) return ok({});
    const allowed = await real.mayTrain(approval);
    if (!allowed.ok) return allowed;
    const opened = await durably(openPractice, (error) => onDefect("training", error));
    if (!opened.ok) return opened;
    // Nobody comes back from training into somebody else's session.
    const locked = await real.verbs.signOut({});
    if (!locked.ok) {
      await opened.value.close();
      return refused(locked.reason === "notSignedIn" ? "notSignedIn" : "storage");
    }
    this.#training = { ...opened.value, since: clock.now() };
    this.#stayAwake();
    this.#changes.tell();
    return ok({});
  }

  async #end(): Promise<boolean> {
    const ended = this.#training;
    if (ended === null) return false;
    this.#settings.timers.clear(this.#idle);
    this.#training = null;
    this.#changes.tell();
    await durably(
      () => ended.close(),
      (error) => this.#settings.onDefect("training", error),
    );
    return true;
  }

  #stayAwake(): void {
    const { timers } = this.#settings;
    timers.clear(this.#idle);
    this.#idle = timers.set(() => void this.close(), IDLE_MS);
  }
}
