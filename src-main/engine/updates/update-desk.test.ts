import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Instant, instant } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { Changes } from "../shop/changes.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { FakeDrafts } from "../testing/fake-drafts.ts";
import { FakeReplica } from "../testing/fake-replica.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { FakeUpdater } from "../testing/fake-updater.ts";
import { SETTINGS } from "../testing/shop-fixture.ts";
import { AGAIN_MS, UNTOUCHED_MS, UpdateDesk, type UpdatePorts } from "./update-desk.ts";

type Moment = ReturnType<UpdatePorts["moment"]>;

const QUIET: Moment = {
  signedIn: false,
  training: false,
  terminalPending: false,
  openBasket: false,
  paidParked: false,
  unsent: 0,
};

class Bench {
  readonly clock = new FakeClock();
  readonly timers = new FakeTimers();
  readonly replica = new FakeReplica();
  readonly drafts = new FakeDrafts();
  readonly changes = new Changes();
  readonly troubles: unknown[] = [];
  updater: FakeUpdater | null = new FakeUpdater();
  running = "0.3.0";
  mayAuthorise = true;
  #moment: Moment = QUIET;
  #desk: UpdateDesk | null = null;

  get desk(): UpdateDesk {
    return this.#desk!;
  }

  get now() {
    return this.desk.view().now;
  }

  /** A new process on the same disk. */
  async start(): Promise<void> {
    this.#desk?.close();
    this.#desk = await UpdateDesk.open({
      running: this.running,
      updater: this.updater,
      replica: this.replica,
      drafts: this.drafts,
      clock: this.clock,
      timers: this.timers,
      moment: () => this.#moment,
      watchMoment: (onChange) => this.changes.watch(onChange),
      authorise: async () => (this.mayAuthorise ? ok(null) : refused("approvalNeeded")),
      onTrouble: (error) => this.troubles.push(error),
    });
    await setImmediate();
  }

  async hqWants(version: string, notBefore: Instant = this.clock.now()): Promise<void> {
    this.replica.put("settings", { ...SETTINGS, update: { version, notBefore } });
    await setImmediate();
  }

  async become(moment: Partial<Moment>): Promise<void> {
    this.#moment = { ...QUIET, ...moment };
    this.changes.tell();
    await setImmediate();
  }

  async downloaded(): Promise<void> {
    this.updater!.end("downloaded");
    await setImmediate();
  }

  async pass(ms: number): Promise<void> {
    this.clock.pass(ms);
    this.timers.pass(ms);
    await setImmediate();
  }

  close(): void {
    this.#desk?.close();
  }
}

let till: Bench;
beforeEach(async () => {
  till = new Bench();
  till.replica.put("settings", SETTINGS);
  await till.start();
});
afterEach(() => till.close());

describe("a till that HQ wants to run a later version", () => {
  test("fetches it at once and installs it where nobody is at the till", async () => {
    expect(till.now).toEqual({ state: "upToDate" });
    await till.hqWants("0.4.0");
    expect(till.updater!.asked).toEqual(["0.4.0"]);
    expect(till.now).toEqual({ state: "downloading" });
    await till.downloaded();
    expect(till.updater!.installed).toEqual(["0.4.0"]);
    expect(till.now).toEqual({ state: "installing" });
  });

  test("never goes back to an earlier one", async () => {
    await till.hqWants("0.2.9");
    await till.hqWants("0.3.0");
    expect(till.updater!.asked).toEqual([]);
    expect(till.now).toEqual({ state: "upToDate" });
  });

  test("fetches it ahead, and waits for the moment that HQ said", async () => {
    await till.hqWants("0.4.0", instant(till.clock.now() + 3 * 60 * 60_000));
    await till.downloaded();
    expect(till.now).toEqual({ state: "waiting", why: "notYet" });
    expect(await till.desk.install({ approval: null })).toEqual(refused("notYet"));
    for (let hour = 1; hour < 3; hour += 1) await till.pass(60 * 60_000);
    expect(till.updater!.installed).toEqual([]);
    await till.pass(60 * 60_000);
    expect(till.updater!.installed).toEqual(["0.4.0"]);
  });

  test.each([
    ["openBasket", { openBasket: true }],
    ["paidParked", { paidParked: true }],
    ["terminalPending", { terminalPending: true }],
    ["training", { training: true }],
    ["unsentEntries", { unsent: 1 }],
  ] as const)(
    "waits while there is %s, also at somebody's word, and goes on once it is over",
    async (why, busy) => {
      await till.become(busy);
      await till.hqWants("0.4.0");
      await till.downloaded();
      expect(till.now).toEqual({ state: "waiting", why });
      expect(await till.desk.install({ approval: null })).toEqual(refused(why));
      await till.pass(60 * 60_000);
      expect(till.updater!.installed).toEqual([]);
      await till.become({});
      expect(till.updater!.installed).toEqual(["0.4.0"]);
    },
  );

  test("leaves a screen alone that somebody touched a moment ago", async () => {
    await till.become({ signedIn: true });
    till.desk.touched();
    await till.hqWants("0.4.0");
    await till.downloaded();
    expect(till.now).toEqual({ state: "ready" });
    await till.pass(UNTOUCHED_MS - 1_000);
    till.desk.touched();
    await till.pass(1_000);
    await till.pass(UNTOUCHED_MS - 1_001);
    expect(till.updater!.installed).toEqual([]);
    await till.pass(1);
    expect(till.updater!.installed).toEqual(["0.4.0"]);
  });

  test("installs at somebody's word before they leave, if they may", async () => {
    await till.become({ signedIn: true });
    till.desk.touched();
    await till.hqWants("0.4.0");
    expect(await till.desk.install({ approval: null })).toEqual(refused("noUpdate"));
    await till.downloaded();
    till.mayAuthorise = false;
    expect(await till.desk.install({ approval: null })).toEqual(refused("approvalNeeded"));
    till.mayAuthorise = true;
    expect(await till.desk.install({ approval: null })).toEqual(ok({}));
    expect(till.updater!.installed).toEqual(["0.4.0"]);
  });

  test("lets go of it when something is rung up at the last moment", async () => {
    await till.hqWants("0.4.0");
    till.updater!.end("downloaded");
    // The desk is writing down that it tries.
    await till.become({ openBasket: true });
    expect(till.updater!.installed).toEqual([]);
    expect(till.now).toEqual({ state: "waiting", why: "openBasket" });
    expect(await till.drafts.list("update:")).toEqual([]);
  });
});

describe("what goes wrong with an update", () => {
  test("a download that fails is said and tried again", async () => {
    await till.hqWants("0.4.0");
    till.updater!.end("failed");
    expect(till.now).toEqual({
      state: "failed",
      step: "download",
      againAt: instant(till.clock.now() + AGAIN_MS),
    });
    await till.pass(AGAIN_MS - 1);
    expect(till.updater!.asked).toEqual(["0.4.0"]);
    await till.pass(1);
    expect(till.updater!.asked).toEqual(["0.4.0", "0.4.0"]);
    await till.downloaded();
    expect(till.updater!.installed).toEqual(["0.4.0"]);
  });

  test("a till that comes back as the old version says so, tries again later, and at a word at once", async () => {
    await till.hqWants("0.4.0");
    await till.downloaded();
    const failed = { state: "failed", step: "install", againAt: instant(till.clock.now() + AGAIN_MS) };
    till.updater = new FakeUpdater();
    await till.start();
    await till.downloaded();
    expect(till.now).toEqual(failed);
    expect(till.updater.installed).toEqual([]);
    expect(await till.desk.install({ approval: null })).toEqual(ok({}));
    till.updater = new FakeUpdater();
    await till.start();
    await till.downloaded();
    await till.pass(AGAIN_MS);
    expect(till.updater.installed).toEqual(["0.4.0"]);
  });

  test("a program that did not end goes on as it was and says so", async () => {
    await till.hqWants("0.4.0");
    await till.downloaded();
    till.updater!.end("failed");
    expect(till.now).toMatchObject({ state: "failed", step: "download" });
  });

  test("a till that comes back as the new version has nothing to do, and forgets that it tried", async () => {
    await till.hqWants("0.4.0");
    await till.downloaded();
    till.running = "0.4.0";
    till.updater = new FakeUpdater();
    await till.start();
    expect(till.now).toEqual({ state: "upToDate" });
    expect(till.updater.asked).toEqual([]);
    expect(await till.drafts.list("update:")).toEqual([]);
  });

  test("a full disk keeps the old version running", async () => {
    await till.hqWants("0.4.0");
    till.drafts.fail(new Error("the disk is full"));
    await till.downloaded();
    expect(till.updater!.installed).toEqual([]);
    expect(till.troubles.length).toBeGreaterThan(0);
  });
});

test("a till that cannot fetch versions says which one HQ wants", async () => {
  till.updater = null;
  await till.start();
  await till.hqWants("0.4.0");
  expect(till.desk.view()).toMatchObject({
    running: "0.3.0",
    wanted: { version: "0.4.0" },
    now: { state: "byHand" },
  });
  expect(await till.desk.install({ approval: null })).toEqual(refused("noUpdate"));
});

test("a change of HQ's mind is followed: another version, or none", async () => {
  await till.become({ openBasket: true });
  await till.hqWants("0.4.0");
  await till.downloaded();
  await till.hqWants("0.4.1");
  expect(till.updater!.asked).toEqual(["0.4.0", "0.4.1"]);
  till.replica.put("settings", SETTINGS);
  await till.become({});
  expect(till.now).toEqual({ state: "upToDate" });
  await till.downloaded();
  expect(till.updater!.installed).toEqual([]);
});

const step = fc.oneof(
  fc.record({
    kind: fc.constant("become" as const),
    moment: fc.record({
      signedIn: fc.boolean(),
      training: fc.boolean(),
      terminalPending: fc.boolean(),
      openBasket: fc.boolean(),
      paidParked: fc.boolean(),
      unsent: fc.nat(2),
    }),
  }),
  fc.record({
    kind: fc.constant("wants" as const),
    version: fc.constantFrom("0.2.0", "0.4.0", "0.5.0"),
    inMs: fc.constantFrom(0, 1_000, 3_600_000),
  }),
  fc.record({
    kind: fc.constant("ends" as const),
    how: fc.constantFrom("downloaded" as const, "failed" as const),
  }),
  fc.record({
    kind: fc.constant("passes" as const),
    ms: fc.constantFrom(1, 1_000, UNTOUCHED_MS, AGAIN_MS, 3_600_000),
  }),
  fc.record({ kind: fc.constant("restarts" as const) }),
  fc.record({ kind: fc.constant("word" as const) }),
);

test("whatever happens in whatever order, nothing is installed in the middle of work, too early, or backwards", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const each = new Bench();
      let moment = QUIET;
      let plan: { version: string; notBefore: number } | null = null;
      class Watched extends FakeUpdater {
        override install(): void {
          super.install();
          expect({ ...moment, signedIn: false }).toEqual(QUIET);
          expect(plan).not.toBeNull();
          expect(this.state()).toEqual({ state: "downloaded", version: plan!.version });
          expect(plan!.version > each.running).toBe(true);
          expect(each.clock.now()).toBeGreaterThanOrEqual(plan!.notBefore);
        }
      }
      each.updater = new Watched();
      each.replica.put("settings", SETTINGS);
      await each.start();
      for (const one of steps) {
        switch (one.kind) {
          case "become":
            moment = one.moment;
            await each.become(moment);
            break;
          case "wants":
            plan = { version: one.version, notBefore: each.clock.now() + one.inMs };
            await each.hqWants(one.version, instant(plan.notBefore));
            break;
          case "ends":
            if (each.updater.state().state === "downloading") each.updater.end(one.how);
            await setImmediate();
            break;
          case "passes":
            await each.pass(one.ms);
            break;
          case "restarts":
            each.updater = new Watched();
            await each.start();
            break;
          case "word":
            await each.desk.install({ approval: null });
        }
      }
      each.close();
    }),
    { numRuns: 200 },
  );
});
