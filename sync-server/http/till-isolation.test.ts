import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { newerAnswerSchema } from "#protocol/sync/newer.ts";
import { pagesAnswerSchema } from "#protocol/sync/pages.ts";
import { HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { type HouseIds, keepHouse } from "../testing/two-stores.ts";

/** By these everything of Berlin is known. */
const BERLINS = ["BER1", BERLIN.store, BERLIN.name, "Charlottenburg", "charlottenburg"];

/**
 * Every address of sync, and what a till may see there of other stores. `own`: nothing. `named`: of the chain's, what somebody names who stands at the counter
 * with it; nobody reads through all there is. A new address fails the first test below until it is said here which one it is, and why.
 */
const REACH: Readonly<Record<string, "own" | "named" | "pairs">> = {
  "POST /sync/v1/enrol": "pairs",
  // Its own pairing, and in again by it.
  "GET /sync/v1/certificate": "own",
  "POST /sync/v1/let-in": "pairs",
  "GET /sync/v1/replica/:collection": "own",
  "GET /sync/v1/snapshot/:collection": "own",
  "POST /sync/v1/newer": "own",
  "POST /sync/v1/pages": "own",
  "POST /sync/v1/journal": "own",
  "GET /sync/v1/journal": "own",
  "POST /sync/v1/leases": "own",
  "POST /sync/v1/health": "own",
  "GET /sync/v1/changes": "own",
  "GET /sync/v1/personal-key": "own",
  // A picture is asked for by the SHA-256 of its bytes.
  "GET /sync/v1/pictures/:hash": "named",
  // Goods come back to any store of the chain: by their receipt, or by what people know of it.
  "POST /sync/v1/purchases": "named",
  // A receipt goes out only where its sale is of the store whose till asks: mail/sender.test.ts.
  "POST /sync/v1/receipt-mails": "own",
  // Cards, credits and coupons are taken in every store.
  "POST /sync/v1/balances": "named",
  "POST /sync/v1/points": "named",
  // Says where else there is some of an article.
  "GET /sync/v1/availability": "named",
  // A basket that was begun anywhere goes on here by its code.
  "POST /sync/v1/baskets": "named",
  "GET /sync/v1/baskets/:code": "named",
  // A customer of another store comes in.
  "GET /sync/v1/customers": "named",
  "GET /sync/v1/customers/:id": "named",
  "GET /sync/v1/customers/:id/history": "named",
  // A repair that another store took in is asked after.
  "GET /sync/v1/cases": "named",
  "GET /sync/v1/case-purchases": "named",
};

const served: string[] = [];
let http: HttpForTests;
let berlin: HouseIds;
let hamburger: HttpTill;
let berliner: HttpTill;
beforeAll(async () => {
  http = await HttpForTests.open({
    onRoute: ({ method, url }) => {
      for (const each of [method].flat()) if (each !== "HEAD") served.push(`${each} ${url}`);
    },
  });
  berlin = await keepHouse(http.parts, { store: BERLIN, mark: "Charlottenburg" });
  await keepHouse(http.parts, { store: HAMBURG, mark: "Altona" });
  hamburger = await http.pair("HAM1");
  berliner = await http.pair("BER1");
});
afterAll(() => http.close());

const get = (path: string) => http.ask(path, { token: hamburger.token });
const post = (path: string, body: unknown) =>
  http.ask(path, { method: "POST", token: hamburger.token, body });

function expectNothingOfBerlin(text: string, address: string): void {
  for (const sign of BERLINS) expect(text, `${sign} in ${address}`).not.toContain(sign);
}

test("S5 of every address of sync it is said what a till may see there of other stores", () => {
  const routes = [...new Set(served.filter((route) => route.includes("/sync/")))];
  expect(routes.sort()).toEqual(Object.keys(REACH).sort());
});

test("S5 nobody asks anything of them without a till's token, but to pair", async () => {
  for (const [route, reach] of Object.entries(REACH)) {
    const answer = await askWith(null, route);
    expect(answer.status, route).toBe(reach === "pairs" ? 400 : 401);
  }
});

test("S5 a till that HQ revoked is turned away at each of them", async () => {
  const gone = await http.pair("HAM1");
  const revoked = await http.hq(`/hq/v1/devices/${gone.till.device}/revoke`, { method: "POST" });
  expect(revoked.status).toBe(200);
  for (const [route, reach] of Object.entries(REACH))
    if (reach !== "pairs")
      expect(await refusalOf(await askWith(gone.token, route)), route).toEqual({
        status: 403,
        reason: "deviceRevoked",
      });
});

function askWith(token: string | null, route: string): Promise<Response> {
  const [method = "GET", path = ""] = route.split(" ");
  return http.ask(path.replace(/:\w+/, "x"), { method, token, ...(method === "POST" ? { body: {} } : {}) });
}

/** What of Berlin stands only in its store's own feed: a till of Berlin has it, or the tests below would find nothing whatever leaked. */
const OF_THE_STORE = {
  settings: BERLIN.name,
  staff: "Charlottenburg",
  stock: TEA,
  orders: "Charlottenburg",
  receipts: "BER1-01-000001",
  notices: "Charlottenburg",
  cases: "Charlottenburg",
  counts: "Charlottenburg",
  deliveries: "Charlottenburg",
} as const satisfies Partial<Record<ReplicaCollection, string>>;

test.each(Object.entries(OF_THE_STORE))("a till of Berlin has its own %s", async (collection, sign) => {
  const answer = await http.ask(`/sync/v1/replica/${collection}`, { token: berliner.token });
  expect(withoutKeys(await answer.text())).toContain(sign);
});

describe("S30 a till of Hamburg", () => {
  test.each(REPLICA_COLLECTIONS.map((each) => [each]))(
    "has nothing of Berlin in its %s",
    async (collection) => {
      const forged = [BERLIN.store, HAMBURG.store].map(
        (store) => `${encodeURIComponent(`store:${store}`)}=0`,
      );
      const after = ["", ...forged, forged.join("&")].map((each) => `?after=${encodeURIComponent(each)}`);
      for (const path of [
        `/sync/v1/snapshot/${collection}`,
        ...after.map((query) => `/sync/v1/replica/${collection}${query}`),
      ]) {
        const answer = await get(path);
        // 410: a checkpoint of feeds that are not this till's is taken for one that is too old.
        expect([200, 410], path).toContain(answer.status);
        expectNothingOfBerlin(withoutKeys(await answer.text()), path);
      }
    },
  );

  test.each([
    ["nothing read", () => ""],
    ["Berlin's feed begun", () => `${encodeURIComponent(`store:${BERLIN.store}`)}=0`],
    [
      "both begun",
      () =>
        [BERLIN.store, HAMBURG.store].map((store) => `${encodeURIComponent(`store:${store}`)}=0`).join("&"),
    ],
  ])(
    "has nothing of Berlin in the pages of all collections, nor in what is newer, with %s",
    async (_, checkpoint) => {
      const checkpoints = Object.fromEntries(REPLICA_COLLECTIONS.map((each) => [each, checkpoint()]));
      for (const path of ["/sync/v1/pages", "/sync/v1/newer"]) {
        const answer = await post(path, { checkpoints });
        expect(answer.status, path).toBe(200);
        const text = await answer.text();
        const schema = path.endsWith("pages") ? pagesAnswerSchema : newerAnswerSchema;
        expect(schema.safeParse(JSON.parse(text)).success, path).toBe(true);
        expectNothingOfBerlin(withoutKeys(text), path);
      }
    },
  );

  test("writes nothing into Berlin's books: not as its till, not in its store, not about its orders", async () => {
    const before = await http.parts.storage.read((tx) => tx.orderOfFulfilment(idOfPart()));
    const { till } = hamburger;
    const begun = till.begin();
    const asBerlins = { ...begun, device: berlin.till };
    const inBerlin = { ...begun, store: BERLIN.store };
    for (const entry of [asBerlins, inBerlin])
      expect(pushAnswerSchema.parse(await (await http.push(hamburger, [entry])).json())).toMatchObject({
        ok: false,
      });
    const acts = [
      till.write({ type: "order.accepted", fulfilment: idOfPart() }),
      till.write({ type: "order.declined", fulfilment: idOfPart(), reason: "noStock" }),
    ];
    const pushed = await http.push(hamburger, [begun, ...acts]);
    expect(pushAnswerSchema.parse(await pushed.json())).toMatchObject({ ok: true });
    expect(await http.parts.storage.read((tx) => tx.orderOfFulfilment(idOfPart()))).toEqual(before);
    const raised = await (await http.hq("/hq/v1/exceptions?store=HAM1")).text();
    expect(raised).toContain(berlin.fulfilment);
  });

  test("holds no order of Berlin", async () => {
    const answer = await post("/sync/v1/leases", {
      act: "ask",
      subject: { kind: "order", id: berlin.fulfilment },
    });
    expect(await answer.json()).toMatchObject({ granted: false });
  });

  test("is woken by nothing that happens in Berlin alone", async () => {
    const stream = await http.listen(hamburger.token);
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStockLevel({ store: BERLIN.store, variant: TEA, onHand: 3 }),
    );
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStockLevel({ store: HAMBURG.store, variant: TEA, onHand: 3 }),
    );
    expect(await stream.nextWake()).toEqual(["stock"]);
    expect(stream.wakes).toBe(1);
  });

  test.each([
    ["/sync/v1/customers"],
    ["/sync/v1/customers?search="],
    ["/sync/v1/cases"],
    ["/sync/v1/cases?search=%20"],
    ["/sync/v1/case-purchases"],
    ["/sync/v1/availability"],
  ])("reads through none of the chain's books by %s", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expectNothingOfBerlin(await answer.text(), path);
  });

  test.each([
    ["/sync/v1/purchases", {}],
    ["/sync/v1/purchases", { refs: [] }],
    ["/sync/v1/purchases", { text: " " }],
    ["/sync/v1/balances", { code: "" }],
    ["/sync/v1/points", {}],
    ["/sync/v1/baskets", {}],
  ])("nor by %s with %j", async (path, body) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(400);
    expectNothingOfBerlin(await answer.text(), path);
  });
});

/** The keys that receipts of every store are checked by are everybody's; they say of which store they are. */
function withoutKeys(text: string): string {
  return text.replaceAll(/\{[^{}]*"kind":"key"[^{}]*(\{[^{}]*\}[^{}]*)?\}/g, "");
}

function idOfPart() {
  return idOf<"Fulfilment">(berlin.fulfilment);
}
