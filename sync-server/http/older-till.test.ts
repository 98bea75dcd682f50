import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type PushAnswer, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { PROTOCOL_HEADER } from "#protocol/version.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { TEA } from "../testing/shop.ts";
import type { TestTill } from "../testing/till.ts";

let http: HttpForTests;
let paired: HttpTill;
let till: TestTill;
beforeEach(async () => {
  http = await HttpForTests.open();
  paired = await http.pair();
  till = paired.till;
});
afterEach(() => http.close());

const one = [{ variant: TEA, quantity: 1 }] as const;

async function post(path: string, body: unknown, version: number): Promise<unknown> {
  const headers = { [PROTOCOL_HEADER]: String(version) };
  const answer = await http.ask(path, { method: "POST", token: paired.token, body, headers });
  expect(answer.status).toBe(200);
  return answer.json();
}

async function push(entries: readonly JournalEntry[], version: number): Promise<PushAnswer> {
  return pushAnswerSchema.parse(await post("/sync/v1/journal", { entries }, version));
}

async function nextEpoch(version: number): Promise<number> {
  const signature = till.sign(`onetill.journal.v1:next-epoch:${till.device}:${till.epoch}`);
  const asked = { kind: "nextEpoch", epoch: till.epoch, signature };
  return enrolAnswerSchema.parse(await post("/sync/v1/enrol", asked, version)).epoch;
}

/** Entries that a till of these versions sends at a time. */
const RUN = 200;
/** More than any of these tests needs; a till that goes round and round would never end. */
const MOST_PUSHES = 20;

/**
 * As the till of these versions does: what was not acknowledged is sent, a run at a time; what an answer says to be acknowledged is believed; after a gap it is sent again from there on, and in the next epoch
 * where there is no going on.
 */
async function tellAll(acknowledged: number, version: number): Promise<void> {
  let upTo = acknowledged;
  for (let pushes = 0; pushes < MOST_PUSHES; pushes += 1) {
    const head = till.entries.at(-1)?.seq ?? 0;
    const unsent = till.entries.filter(({ seq }) => seq > upTo);
    if (unsent.length === 0) return;
    const answer = await push(unsent.slice(0, RUN), version);
    if (answer.ok) {
      // What it cannot have written it would take for its own.
      expect(answer.acknowledged).toBeLessThanOrEqual(head);
      upTo = Math.max(upTo, answer.acknowledged);
    } else if (answer.reason === "gap") {
      expect(answer.acknowledged).toBeLessThan(upTo);
      upTo = answer.acknowledged;
    } else {
      const left = till.entries.filter(({ seq, fact }) => seq > upTo && fact.type !== "epoch.begun");
      till.epoch = await nextEpoch(version);
      till.begin();
      for (const entry of left) till.repeat(entry);
      upTo = 0;
    }
  }
  throw new Error("it goes round and round");
}

function tickets(): Promise<readonly string[]> {
  return http.parts.storage.read(async (tx) => {
    const booked = await tx.tickets({ store: null, before: null, limit: 1_000 });
    return booked.map(({ ticket }) => ticket.id).sort();
  });
}

function idsOf(sales: readonly JournalEntry[]): readonly string[] {
  return sales.flatMap(({ fact }) => (fact.type === "ticket.completed" ? [fact.ticket.id] : [])).sort();
}

describe.each([1, 2, 3])("a till of version %i, to a server that went back to a backup", (version) => {
  test("S15a tells again what it had told in an epoch that the server knows nothing of any more", async () => {
    await push([till.begin(), till.sell(one)], version);
    const sales = till.entries.slice(1);
    till.epoch = 2;
    till.begin();
    sales.push(till.sell(one), till.sell(one), till.sell(one));
    await tellAll(3, version);
    expect(await tickets()).toEqual(idsOf(sales));
  });

  test("S15a and in one that was left meanwhile, of which the server has lost the end", async () => {
    till.begin();
    const sales = [till.sell(one), till.sell(one), till.sell(one)];
    await push(till.entries.slice(0, 2), version);
    expect(await nextEpoch(version)).toBe(2);
    expect(await push(sales.slice(2), version)).toMatchObject({ reason: "gap", atSeq: 4, acknowledged: 2 });
    await tellAll(3, version);
    expect(await tickets()).toEqual(idsOf(sales));
  });

  test("S15a and in one in which another machine has written as much since", async () => {
    await push([till.begin(), till.sell(one)], version);
    const before = till.entries.slice(1);
    const told = [till.sell(one), till.sell(one)];
    till.restoreTo(2);
    const twins = [till.sell(one), till.sell(one)];
    await push(twins, version);
    till.restoreTo(2);
    till.entries.push(...told);
    await tellAll(3, version);
    expect(await tickets()).toEqual(idsOf([...before, ...told, ...twins]));
  });

  test.each([2, 6])(
    "S15a and in one of several runs in which another machine has written %i since",
    async (twins) => {
      till.begin();
      const shared = Array.from({ length: RUN + 19 }, () => till.sell(one));
      await push(till.entries.slice(0, RUN), version);
      await push(till.entries.slice(RUN), version);
      const told = [till.sell(one), till.sell(one)];
      till.restoreTo(RUN + 20);
      const others = Array.from({ length: twins }, () => till.sell(one));
      await push(others, version);
      till.restoreTo(RUN + 20);
      till.entries.push(...told);
      const next = till.sell(one);
      await tellAll(RUN + 22, version);
      expect(await tickets()).toEqual(idsOf([...shared, ...told, ...others, next]));
    },
  );
});

test("S15a what stands on what the server has is refused as ever", async () => {
  await push([till.begin(), till.sell(one)], 2);
  expect(await nextEpoch(2)).toBe(2);
  expect(await push([till.sell(one)], 2)).toMatchObject({ reason: "wrongEpoch", atSeq: 3 });
});

test("S15a one that names what it has is refused as ever", async () => {
  await push([till.begin()], 4);
  till.epoch = 2;
  till.begin();
  till.sell(one);
  expect(await push([till.sell(one)], 4)).toMatchObject({ reason: "wrongEpoch", atSeq: 3 });
});

test("S13 S15a what is told anew is kept aside all the same, and HQ hears of it", async () => {
  await push([till.begin()], 2);
  till.epoch = 2;
  till.begin();
  till.sell(one);
  const sale = till.sell(one);
  expect(await push([sale], 2)).toMatchObject({ reason: "gap", acknowledged: 0 });
  const { kept, kinds } = await http.parts.storage.read(async (tx) => ({
    kept: await tx.quarantined(till.device),
    kinds: (await tx.exceptions(10)).map(({ kind }) => kind),
  }));
  expect(kept.map(({ entry }) => entry)).toEqual([sale]);
  expect(kinds).toEqual(["forked"]);
});
