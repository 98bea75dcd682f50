import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { money } from "#domain/money/money.ts";
import { setPriceAnswerSchema } from "#protocol/hq/console.ts";
import { adoptionAnswerSchema, tillDetailSchema, tillsAnswerSchema } from "#protocol/hq/tills.ts";
import { type Health, healthAnswerSchema } from "#protocol/sync/health.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { EUR, RETAIL, TEA } from "../testing/shop.ts";

const PROMOTION = {
  id: "toys",
  name: "Toys: 3 for 2",
  validFrom: 0,
  validUntil: null,
  priority: 1,
  rule: { kind: "piecesFor", goods: { kind: "categories", categories: ["Toys"] }, size: 3, pays: 2 },
};

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

function health(changes: Partial<Health> = {}): Health {
  const at = http.parts.clock.now();
  return {
    at,
    startedAt: at,
    platform: { os: "Linux 6.1", arch: "x64", runtime: "Node 24.1" },
    unsent: 0,
    oldestUnsentAt: null,
    storage: { databaseBytes: 4_096, diskFreeBytes: 1_000_000 },
    devices: [],
    trouble: null,
    replicas: [],
    ...changes,
  };
}

async function say(till: HttpTill, said: Health) {
  const answer = await http.ask("/sync/v1/health", { method: "POST", token: till.token, body: said });
  return healthAnswerSchema.parse(await answer.json());
}

const listed = async (query = "") =>
  tillsAnswerSchema.parse(await (await http.hq(`/hq/v1/tills${query}`)).json());
const detail = async (till: HttpTill) =>
  tillDetailSchema.parse(await (await http.hq(`/hq/v1/tills/${till.till.device}`)).json());

describe("the list of tills", () => {
  test("shows what each till said of itself last", async () => {
    const till = await http.pair();
    await say(till, health({ unsent: 3, oldestUnsentAt: http.parts.clock.now() }));
    const { tills, total } = await listed();
    expect(total).toBe(1);
    expect(tills).toMatchObject([
      { name: "Till by the door", store: "BER1", register: 1, state: "inTouch", health: { unsent: 3 } },
    ]);
  });

  test("is narrowed to a store, to what is unsent, to what is in trouble and by words", async () => {
    const berlin = await http.pair("BER1");
    const hamburg = await http.pair("HAM1");
    await say(berlin, health({ unsent: 1, oldestUnsentAt: http.parts.clock.now() }));
    await say(hamburg, health({ devices: [{ kind: "printer", name: "Counter", trouble: "paperOut" }] }));
    const stores = async (query: string) => (await listed(query)).tills.map(({ store }) => store);
    expect(await stores("?store=HAM1")).toEqual(["HAM1"]);
    expect(await stores("?unsent=true")).toEqual(["BER1"]);
    expect(await stores("?trouble=true")).toEqual(["HAM1"]);
    expect(await stores("?search=ham1-01")).toEqual(["HAM1"]);
    expect(await stores("?search=door&sort=unsent&order=down")).toEqual(["BER1", "HAM1"]);
    expect(await stores("?search=50%25")).toEqual([]);
  });

  test("tells tills that are silent from those that never were heard", async () => {
    const silent = await http.pair("BER1");
    await http.pair("HAM1");
    await say(silent, health());
    await http.hq("/hq/v1/tills");
    http.parts.clock.advance(3 * 60_000);
    expect((await listed("?state=silent")).tills.map(({ store }) => store)).toEqual(["BER1"]);
    expect((await listed("?state=never")).tills.map(({ store }) => store)).toEqual(["HAM1"]);
    expect((await listed("?silentMinutes=5")).tills.map(({ store }) => store)).toEqual(["HAM1"]);
  });
});

test("S157 HQ sees how many tills have a new price as they tell that they have read it", async () => {
  await http.parts.stockUp([TEA], 10);
  const till = await http.pair("BER1");
  await http.pair("BER1");
  const body = { sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) };
  const set = setPriceAnswerSchema.parse(
    await (await http.hq("/hq/v1/prices", { method: "PUT", body })).json(),
  );
  const asked = async (seq = "") =>
    adoptionAnswerSchema.parse(await (await http.hq(`/hq/v1/adoption?feed=prices:${RETAIL}${seq}`)).json());
  const before = await asked();
  expect(before).toMatchObject({ collection: "prices", have: 0, seq: set.seq });
  const pulled = await http.ask("/sync/v1/replica/prices", { token: till.token });
  const { checkpoint } = replicaAnswerSchema.parse(await pulled.json());
  await say(till, health({ replicas: [{ collection: "prices", checkpoint, complete: true }] }));
  const after = await asked(`&seq=${before.seq}`);
  expect(after).toMatchObject({ tills: before.tills, have: 1 });
  expect(after.missing).toMatchObject([{ store: "BER1", register: 2, state: "never" }]);
  expect((await detail(till)).replicas).toMatchObject([
    { collection: "prices", reached: before.seq, head: before.seq },
  ]);
});

test("a till that has all of a collection is up to date in it, however much of another has come into the same feed since", async () => {
  const till = await http.pair("BER1");
  const pulled = await http.ask("/sync/v1/replica/settings", { token: till.token });
  const { checkpoint } = replicaAnswerSchema.parse(await pulled.json());
  await say(till, health({ replicas: [{ collection: "settings", checkpoint, complete: true }] }));
  await http.parts.stockUp([TEA], 10);
  const [settings] = (await detail(till)).replicas;
  expect(settings).toMatchObject({ collection: "settings" });
  expect(settings?.head).toBeLessThanOrEqual(settings?.reached ?? -1);
});

test("whatever changes prices and promotions answers where in the feed that stands, however much came after it", async () => {
  await http.parts.stockUp([TEA], 10);
  await http.pair("BER1");
  const seqOf = async (path: string, method: string, body?: unknown): Promise<number> => {
    const answer = await http.hq(path, body === undefined ? { method } : { method, body });
    const told = z.looseObject({
      seq: z.number().optional(),
      lists: z.array(z.looseObject({ seq: z.number() })).optional(),
    });
    const { seq, lists } = told.parse(await answer.json());
    return seq ?? lists?.[0]?.seq ?? -1;
  };
  const headOf = async (feed: string) =>
    adoptionAnswerSchema.parse(await (await http.hq(`/hq/v1/adoption?feed=${feed}`)).json()).seq;
  const prices = `prices:${RETAIL}`;
  const price = { sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) };
  const saved = await seqOf("/hq/v1/prices", "POST", { prices: [price] });
  expect(saved).toBe(await headOf(prices));
  const bulk = {
    dryRun: false,
    from: RETAIL,
    change: { kind: "percent", ppm: -100_000 },
    rounding: { kind: "none" },
  };
  const many = await seqOf("/hq/v1/prices/bulk", "POST", bulk);
  expect(many).toBeGreaterThan(saved);
  const removed = await seqOf("/hq/v1/prices/remove", "POST", {
    sku: "SKU-tea",
    list: RETAIL,
    validFrom: null,
  });
  expect(removed).toBeGreaterThan(many);
  expect(removed).toBe(await headOf(prices));

  const made = await seqOf(`/hq/v1/promotions/${PROMOTION.id}`, "PUT", PROMOTION);
  expect(made).toBe(await headOf("promotions"));
  const gone = await seqOf(`/hq/v1/promotions/${PROMOTION.id}`, "DELETE");
  expect(gone).toBeGreaterThan(made);

  const title = { edits: [{ product: "product-tea", change: { title: "Tea, again" } }] };
  expect(await seqOf("/hq/v1/catalogue/edit", "POST", title)).toBe(await headOf("catalog"));
});

test("a feed that is none has no tills", async () => {
  expect(await refusalOf(await http.hq("/hq/v1/adoption?feed=nothing"))).toEqual({
    status: 404,
    reason: "notFound",
  });
});

test("a till that HQ asks how it is is woken, and its log is shown once it has said it", async () => {
  const till = await http.pair();
  const stream = await http.listen(till.token);
  await http.hq(`/hq/v1/tills/${till.till.device}/diagnose`, { method: "POST" });
  expect(await stream.nextPart()).toContain("event: health");
  expect((await detail(till)).log).toMatchObject({ at: null, lines: [] });
  expect(await say(till, health())).toEqual({ wantsLog: true });
  const line = { at: http.parts.clock.now(), level: "error" as const, words: "printer: paper is out" };
  expect(await say(till, health({ log: [line] }))).toEqual({ wantsLog: false });
  expect((await detail(till)).log).toMatchObject({ at: http.parts.clock.now(), lines: [line] });
});

test("S158 a till that was not connected as HQ asked is asked as it connects", async () => {
  const till = await http.pair();
  await http.hq(`/hq/v1/tills/${till.till.device}/diagnose`, { method: "POST" });
  const stream = await http.listen(till.token);
  expect(await stream.nextPart()).toContain("event: health");
});

test("a till is called by another name", async () => {
  const till = await http.pair();
  await http.hq(`/hq/v1/tills/${till.till.device}`, { method: "PUT", body: { name: " By the window " } });
  expect((await listed()).tills).toMatchObject([{ name: "By the window" }]);
  const trail = await http.parts.storage.read((tx) => tx.trail({ before: null, limit: 1 }));
  expect(trail).toMatchObject([
    { subject: { kind: "till" }, before: { name: "Till by the door" }, after: { name: "By the window" } },
  ]);
});

test("a till that was revoked by mistake goes on with its key and its receipt numbers", async () => {
  const till = await http.pair();
  const path = `/hq/v1/devices/${till.till.device}/revoke`;
  await http.hq(path, { method: "POST" });
  till.till.begin();
  till.till.sell([{ variant: TEA, quantity: 1 }]);
  const refused = await http.push(till, till.till.entries);
  expect(await refusalOf(refused)).toMatchObject({ reason: "deviceRevoked" });
  await http.hq(`/hq/v1/tills/${till.till.device}/restore`, { method: "POST" });
  const pushed = await http.push(till, till.till.entries);
  expect(await pushed.json()).toMatchObject({ ok: true, acknowledged: till.till.entries.length });
  expect((await listed()).tills).toMatchObject([{ state: "inTouch", revokedAt: null }]);
});
