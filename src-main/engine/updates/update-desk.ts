import { z } from "zod";
import { type Instant, instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type InstallRefusal,
  mayInstall,
  maySafelyInstall,
  planAhead,
  type TillMoment,
  waitForMoment,
} from "#domain/updates/may-install.ts";
import type { UpdatePlan } from "#domain/updates/rings.ts";
import { instantSchema } from "#protocol/scalars.ts";
import type { Approval, ApprovalRefusal } from "#protocol/till/approval.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { UpdateView } from "#protocol/till/update.ts";
import { versionSchema } from "#protocol/updates.ts";
import type { Clock, Drafts, Replica, Unwatch } from "../ports.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { Timers } from "../sync/alarm.ts";
import type { Updater } from "./port.ts";

/** What failed is tried again after so many milliseconds. */
export const AGAIN_MS = 30 * 60_000;
/** A till where somebody is signed in is in use until nobody touched it for this long, milliseconds. */
export const UNTOUCHED_MS = 10 * 60_000;
/** No timer is set for longer, milliseconds: what it waits for is looked at anew, and clocks are set right meanwhile. */
const LOOK_MS = 60 * 60_000;

const DRAFT = "update:installing";
/** What was about to be installed when the program ended. */
const triedSchema = z.strictObject({ version: versionSchema, at: instantSchema });
type Tried = z.infer<typeof triedSchema>;

export interface UpdatePorts {
  readonly running: string;
  /** Null: this till is restarted with a new version by hand. */
  readonly updater: Updater | null;
  readonly replica: Pick<Replica, "settings" | "watch">;
  readonly drafts: Pick<Drafts, "get" | "put" | "remove">;
  readonly clock: Clock;
  readonly timers: Timers;
  /** What goes on at the till, besides whether somebody touches it. */
  readonly moment: () => Omit<TillMoment, "inUse"> & { readonly signedIn: boolean };
  /** Calls back when any of it may have changed. */
  readonly watchMoment: (onChange: () => void) => Unwatch;
  readonly authorise: (word: Approval | null) => Promise<Result<unknown, ApprovalRefusal>>;
  readonly onTrouble: (error: unknown) => void;
}

type Standing = UpdateView["now"];
/** The plan that may be followed this very moment. */
type MayNow = Result<UpdatePlan, InstallRefusal | "noUpdate" | "notYet">;

/** Follows what HQ wants this till to run. */
export class UpdateDesk {
  readonly #ports: UpdatePorts;
  readonly #changes = new Changes();
  readonly #unwatch: readonly Unwatch[];
  /** An installation that ended the program and left the old version running. */
  #tried: Tried | null;
  /** A download that failed. */
  #failed: Tried | null = null;
  #touchedAt: Instant = instant(0);
  #installing = false;
  #timer: unknown = null;
  #shown = "";

  private constructor(ports: UpdatePorts, tried: Tried | null) {
    this.#ports = ports;
    this.#tried = tried;
    const look = (): void => this.#look();
    this.#unwatch = [
      ports.replica.watch("settings", look),
      ports.watchMoment(look),
      ...(ports.updater === null ? [] : [ports.updater.watch(() => this.#heard())]),
    ];
  }

  static async open(ports: UpdatePorts): Promise<UpdateDesk> {
    const kept = triedSchema.safeParse(await ports.drafts.get(DRAFT));
    const tried = kept.success && planAhead(planFor(kept.data), ports.running) !== null ? kept.data : null;
    if (tried === null) await durably(() => ports.drafts.remove(DRAFT), ports.onTrouble);
    const desk = new UpdateDesk(ports, tried);
    desk.#look();
    return desk;
  }

  close(): void {
    this.#ports.timers.clear(this.#timer);
    for (const end of this.#unwatch) end();
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  /** Somebody did something at this till. */
  touched(): void {
    this.#touchedAt = this.#ports.clock.now();
  }

  view(): UpdateView {
    return { running: this.#ports.running, wanted: this.#wanted(), now: this.#standing() };
  }

  /** At somebody's word: whoever else is at the till has been asked. What would be lost is in the way all the same. */
  async install({ approval }: VerbParsedArgs<"installUpdate">): Promise<VerbAnswer<"installUpdate">> {
    const free = this.#mayInstallNow();
    if (!free.ok) return free;
    const allowed = await this.#ports.authorise(approval);
    if (!allowed.ok) return allowed;
    return this.#install(() => this.#mayInstallNow());
  }

  #wanted(): UpdatePlan | null {
    return planAhead(this.#ports.replica.settings()?.update ?? null, this.#ports.running);
  }

  #mayInstallNow(): MayNow {
    const plan = this.#wanted();
    const { updater, clock } = this.#ports;
    if (plan === null || updater === null || this.#installing) return refused("noUpdate");
    const here = updater.state();
    if (here.state !== "downloaded" || here.version !== plan.version) return refused("noUpdate");
    if (waitForMoment(plan, clock.now()) > 0) return refused("notYet");
    const safe = maySafelyInstall(this.#moment());
    return safe.ok ? ok(plan) : safe;
  }

  #moment(): TillMoment {
    const { signedIn, ...moment } = this.#ports.moment();
    const since = this.#ports.clock.now() - this.#touchedAt;
    return { ...moment, inUse: signedIn && since < UNTOUCHED_MS };
  }

  #standing(): Standing {
    const { updater, clock } = this.#ports;
    const plan = this.#wanted();
    if (plan === null) return { state: "upToDate" };
    if (updater === null) return { state: "byHand" };
    if (this.#installing) return { state: "installing" };
    const here = updater.state();
    const failed = this.#failed;
    if (failed?.version === plan.version && clock.now() < failed.at + AGAIN_MS)
      return { state: "failed", step: "download", againAt: instant(failed.at + AGAIN_MS) };
    if (here.state !== "downloaded" || here.version !== plan.version) return { state: "downloading" };
    const tried = this.#tried;
    if (tried?.version === plan.version && clock.now() < tried.at + AGAIN_MS)
      return { state: "failed", step: "install", againAt: instant(tried.at + AGAIN_MS) };
    if (waitForMoment(plan, clock.now()) > 0) return { state: "waiting", why: "notYet" };
    const safe = maySafelyInstall(this.#moment());
    return safe.ok ? { state: "ready" } : { state: "waiting", why: safe.reason };
  }

  #heard(): void {
    if (this.#ports.updater?.state().state === "failed") this.#installing = false;
    this.#look();
  }

  /** Does what is to be done now, says what is new, and sets the timer for the next look. */
  #look(): void {
    this.#download();
    const { now } = this.view();
    if (now.state === "ready" && mayInstall(this.#moment()).ok)
      void this.#install(() => {
        const free = this.#mayInstallNow();
        const nobody = mayInstall(this.#moment());
        return free.ok && !nobody.ok ? refused("noUpdate") : free;
      });
    this.#setTimer();
    this.#tell();
  }

  #download(): void {
    const { updater, clock } = this.#ports;
    const plan = this.#wanted();
    if (plan === null || updater === null || this.#installing) return;
    const here = updater.state();
    const isOfPlan = here.state !== "none" && here.version === plan.version;
    if (here.state === "failed" && isOfPlan) {
      this.#failed ??= { version: plan.version, at: clock.now() };
      if (clock.now() < this.#failed.at + AGAIN_MS) return;
    } else if (isOfPlan) {
      this.#failed = null;
      return;
    }
    this.#failed = null;
    updater.download(plan.version);
  }

  /** Written down first: a program that comes back as the old version knows that it has tried. */
  async #install(mayStill: () => MayNow): Promise<VerbAnswer<"installUpdate">> {
    const { updater, drafts, clock, onTrouble } = this.#ports;
    const plan = mayStill();
    if (!plan.ok) return plan;
    const trying = { version: plan.value.version, at: clock.now() };
    this.#installing = true;
    this.#tell();
    const written = await durably(() => drafts.put(DRAFT, trying), onTrouble);
    this.#installing = false;
    // A cashier may have rung something up while the disk wrote.
    const still = mayStill();
    if (!written.ok || !still.ok || updater === null) {
      if (written.ok) await durably(() => drafts.remove(DRAFT), onTrouble);
      this.#tell();
      return written.ok ? (still.ok ? refused("noUpdate") : still) : written;
    }
    this.#installing = true;
    this.#tried = trying;
    this.#tell();
    updater.install();
    this.#setTimer();
    return ok({});
  }

  #setTimer(): void {
    const { timers, clock } = this.#ports;
    timers.clear(this.#timer);
    const plan = this.#wanted();
    if (plan === null || this.#ports.updater === null) return;
    const now = clock.now();
    const waits = [
      waitForMoment(plan, now),
      this.#touchedAt + UNTOUCHED_MS - now,
      ...[this.#failed, this.#tried].map((each) => (each === null ? 0 : each.at + AGAIN_MS - now)),
    ].filter((wait) => wait > 0);
    this.#timer = timers.set(
      () => {
        // The program was to end and did not.
        this.#installing = false;
        this.#look();
      },
      Math.min(LOOK_MS, ...waits),
    );
  }

  #tell(): void {
    const shown = JSON.stringify(this.view());
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changes.tell();
  }
}

function planFor({ version, at }: Tried): UpdatePlan {
  return { version, notBefore: at };
}
