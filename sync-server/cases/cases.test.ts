import { createHash, randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NOTHING_DONE } from "#domain/cases/act.ts";
import type { CaseAct, CaseOpening } from "#domain/cases/case.ts";
import { KEEP_CLOSED_MS } from "#domain/cases/deadline.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { Fact, JournalEntry } from "#domain/journal/entry.ts";
import { caseSchema } from "#protocol/documents/case.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import type { HqOpening } from "./case-desk.ts";

const CASE = idOf<"Case">("case-1");
const DAY_MS = 86_400_000;

let server: ServerForTests;
let berlin: PairedTill;
let hamburg: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  berlin = await server.pair(BERLIN);
  hamburg = await server.pair(HAMBURG);
  for (const paired of [berlin, hamburg]) {
    paired.till.at = server.clock.now();
    paired.till.begin();
  }
});
afterEach(() => server.close());

function photo() {
  const bytes = randomBytes(900);
  const hash = idOf<"ImageHash">(createHash("sha256").update(bytes).digest("hex"));
  return { hash, mime: "image/jpeg", bytes: bytes.toString("base64") } as const;
}

function opening(changes: Partial<CaseOpening> = {}): CaseOpening {
  return {
    id: CASE,
    number: "C-BER1-01-000002",
    kind: "repair",
    store: BERLIN.store,
    customer: null,
    contact: { name: "Ada Brandt", email: null, phone: null },
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    serial: "",
    purchase: null,
    fault: "Does not light",
    condition: "",
    accessories: "",
    deadline: instant(server.clock.now() + 14 * DAY_MS),
    photos: [],
    ...changes,
  };
}

const opened = (changes: Partial<CaseOpening> = {}): Fact => ({
  type: "case.opened",
  opening: opening(changes),
  photos: [],
});
const noted = (act: Partial<CaseAct>): Fact => ({
  type: "case.noted",
  case: CASE,
  act: { ...NOTHING_DONE, ...act },
  photos: [],
});
const moved = (from: "open" | "inProgress", to: "inProgress" | "readyForPickup" | "closed"): Fact =>
  noted({ move: { from, to, outcome: to === "closed" ? "repaired" : null } });

async function push(from: PairedTill, ...facts: readonly Fact[]): Promise<JournalEntry[]> {
  from.till.at = server.clock.now();
  const entries = facts.map((fact) => from.till.write(fact));
  await pushAll(from);
  return entries;
}

async function pushAll(from: PairedTill): Promise<void> {
  const answer = await server.deps.ingestion.ingest(await from.record(), from.till.entries);
  if (!answer.ok) throw new Error(answer.reason);
}

async function known() {
  const found = await server.storage.read((tx) => tx.case(CASE));
  if (found === null) throw new Error("the case is not known");
  return found;
}

/** What the tills of a store have of cases. */
async function onTills(store: typeof BERLIN) {
  const rows = await server.storage.read((tx) =>
    tx.liveDocuments({ feed: `store:${store.store}`, collection: "cases", after: "", limit: 99 }),
  );
  return rows.map(({ data }) => caseSchema.parse(JSON.parse(data)));
}

const exceptions = () => server.storage.read((tx) => tx.exceptions(99));

describe("what a till's journal says of a case", () => {
  test("S92 S93 is kept with its photo by the hash of its bytes, and goes to the tills of its store alone", async () => {
    const taken = photo();
    await push(berlin, {
      type: "case.opened",
      opening: opening({ photos: [taken.hash] }),
      photos: [taken],
    });
    const kept = await server.storage.read((tx) => tx.picture(taken.hash));
    expect(Buffer.from(kept?.bytes ?? []).toString("base64")).toBe(taken.bytes);
    expect(await onTills(BERLIN)).toMatchObject([{ id: CASE, photos: [taken.hash], status: "open" }]);
    expect(await onTills(HAMBURG)).toEqual([]);
  });

  test("a photo that is not what its name says is not shown under that name", async () => {
    const taken = { ...photo(), hash: photo().hash };
    await push(berlin, { type: "case.opened", opening: opening(), photos: [taken] });
    expect(await server.storage.read((tx) => tx.picture(taken.hash))).toBeNull();
  });

  test("S90 counts once, also when a till carries it over into its next epoch", async () => {
    const [open, move] = await push(berlin, opened(), moved("open", "inProgress"));
    const before = await known();
    const begun = await server.deps.enrolment.nextEpoch(await berlin.record(), {
      kind: "nextEpoch",
      epoch: 1,
      signature: berlin.till.sign(`onetill.journal.v1:next-epoch:${berlin.till.device}:1`),
    });
    expect(begun.ok).toBe(true);
    berlin.till.epoch = 2;
    berlin.till.begin();
    berlin.till.repeat(open!);
    berlin.till.repeat(move!);
    await pushAll(berlin);
    expect(await known()).toEqual(before);
  });

  test("S91 an act that is heard of before its case waits for it", async () => {
    server.clock.advance(5_000);
    await push(hamburg, moved("open", "inProgress"));
    await push(berlin, opened());
    expect(await known()).toMatchObject({ status: "inProgress", history: [{ fits: true }] });
  });

  test("S90 S91 two tills offline: whoever is heard first, the history has both in the order in which they happened", async () => {
    await push(berlin, opened());
    server.clock.advance(60_000);
    hamburg.till.at = server.clock.now();
    hamburg.till.write(moved("open", "closed"));
    server.clock.advance(60_000);
    await push(berlin, moved("open", "inProgress"));
    await pushAll(hamburg);
    expect(await known()).toMatchObject({
      status: "closed",
      outcome: "repaired",
      history: [{ fits: true }, { fits: false }],
    });
  });

  test("S93 a case that another store takes over leaves the tills of the one and comes to those of the other", async () => {
    await push(berlin, opened());
    await push(hamburg, noted({ store: HAMBURG.store }));
    expect(await onTills(BERLIN)).toEqual([]);
    expect(await onTills(HAMBURG)).toMatchObject([{ id: CASE, store: HAMBURG.store }]);
  });

  test("no till gives a case to a store that is not its own", async () => {
    await push(berlin, opened());
    await push(hamburg, noted({ store: idOf<"Store">("store-nowhere") }));
    expect((await known()).store).toBe(HAMBURG.store);
  });
});

describe("what time brings about", () => {
  test("an overdue case is told once to its store, and closes by itself when its customer can collect it", async () => {
    await push(berlin, opened({ deadline: instant(server.clock.now() + 1_000) }));
    await server.deps.cases.tick();
    expect(await exceptions()).toEqual([]);
    server.clock.advance(2_000);
    await server.deps.cases.tick();
    await server.deps.cases.tick();
    expect(await exceptions()).toMatchObject([
      { kind: "caseOverdue", store: BERLIN.store, closing: null, detail: { case: "C-BER1-01-000002" } },
    ]);
    await push(berlin, moved("open", "readyForPickup"));
    expect(await exceptions()).toMatchObject([{ closing: { resolution: "causeGone" } }]);
  });

  test("a deadline that was moved and passed again is told again", async () => {
    await push(berlin, opened({ deadline: instant(server.clock.now() + 1_000) }));
    server.clock.advance(2_000);
    await server.deps.cases.tick();
    await push(berlin, noted({ deadline: instant(server.clock.now() + 1_000) }));
    expect(await exceptions()).toMatchObject([{ closing: { resolution: "causeGone" } }]);
    server.clock.advance(2_000);
    await server.deps.cases.tick();
    expect((await exceptions()).filter(({ closing }) => closing === null)).toHaveLength(1);
  });

  test("S93 what was closed for ninety days leaves the tills and is still found at HQ", async () => {
    await push(berlin, opened(), moved("open", "closed"));
    await server.deps.cases.tick();
    expect(await onTills(BERLIN)).toHaveLength(1);
    server.clock.advance(KEEP_CLOSED_MS + 1_000);
    await server.deps.cases.tick();
    expect(await onTills(BERLIN)).toEqual([]);
    expect((await known()).status).toBe("closed");
  });
});

describe("HQ", () => {
  const wanted: HqOpening = {
    kind: "warranty",
    store: BERLIN.store,
    customer: null,
    contact: null,
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    serial: "",
    purchaseNumber: "",
    fault: "Cracked",
    condition: "",
    accessories: "",
    deadline: null,
    photos: [],
    by: "Hanna",
  };

  test("opens a case by the store's policy, and its tills have it", async () => {
    const first = await server.deps.cases.open(wanted);
    const second = await server.deps.cases.open(wanted);
    expect([first, second]).toMatchObject([
      { ok: true, value: { number: "C-HQ-000001", deadline: server.clock.now() + 28 * DAY_MS } },
      { ok: true, value: { number: "C-HQ-000002" } },
    ]);
    expect(await onTills(BERLIN)).toHaveLength(2);
  });

  test("ties it to what was bought by the number on the receipt", async () => {
    const [sold] = await push(berlin, {
      type: "ticket.completed",
      ticket: berlin.till.ticket([{ variant: idOf<"Variant">("tea"), quantity: 1 }]),
    });
    const ticket = sold?.fact.type === "ticket.completed" ? sold.fact.ticket : null;
    const made = await server.deps.cases.open({ ...wanted, purchaseNumber: ticket?.number ?? "" });
    expect(made).toMatchObject({
      ok: true,
      value: { purchase: { ref: { kind: "ticket", id: ticket?.id }, number: ticket?.number } },
    });
    expect(await server.deps.cases.open({ ...wanted, purchaseNumber: "BER1-09-000001" })).toEqual({
      ok: false,
      reason: "noSuchPurchase",
    });
  });

  test("moves it on, and is told where that makes no sense any more", async () => {
    await push(berlin, opened());
    const nothing = { to: null, outcome: null, note: "", deadline: null, store: null, photos: [] };
    const act = { id: CASE, ...nothing, by: "Hanna" };
    expect(await server.deps.cases.act(act)).toEqual({ ok: false, reason: "nothingNoted" });
    expect(await server.deps.cases.act({ ...act, to: "closed" })).toEqual({
      ok: false,
      reason: "outcomeMissing",
    });
    expect(await server.deps.cases.act({ ...act, to: "closed", outcome: "rejected" })).toMatchObject({
      ok: true,
      value: { status: "closed", outcome: "rejected", history: [{ by: { kind: "hq", who: "Hanna" } }] },
    });
    expect(await server.deps.cases.act({ ...act, to: "readyForPickup" })).toEqual({
      ok: false,
      reason: "notNow",
    });
  });
});
