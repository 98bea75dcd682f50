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

/** As the till of these versions does: what was not acknowledged is sent again, after a gap from there on, and in the next epoch where there is no going on. */
async function tellAll(acknowledged: number, version: number): Promise<void> {
  const unsent = till.entries.filter(({ seq }) => seq > acknowledged);
  const answer = await push(unsent, version);
  if (answer.ok) return;
  if (answer.reason === "gap") {
    expect(answer.acknowledged).toBeLessThan(acknowledged);
    return tellAll(answer.acknowledged, version);
  }
  till.epoch = await nextEpoch(version);
  till.begin();
  for (const entry of unsent) if (entry.fact.type !== "epoch.begun") till.repeat(entry);
  return tellAll(0, version);
}

function tickets(): Promise<readonly string[]> {
  return http.parts.storage.read(async (tx) => {
    const booked = await tx.tickets({ store: null, before: null, limit: 100 });
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
