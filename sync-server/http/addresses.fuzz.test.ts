import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { replicaCollectionSchema } from "#protocol/documents/collections.ts";
import { shareBasketRequestSchema } from "#protocol/shop/basket.ts";
import { availabilityQuerySchema } from "#protocol/shop/order.ts";
import { balanceRequestSchema } from "#protocol/sync/balances.ts";
import { casePurchaseQuerySchema, casesLookUpSchema } from "#protocol/sync/cases.ts";
import { findCustomersQuerySchema } from "#protocol/sync/customers.ts";
import { enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { factSchema } from "#protocol/sync/entry.ts";
import { healthSchema } from "#protocol/sync/health.ts";
import { pushAnswerSchema, pushRequestSchema } from "#protocol/sync/journal.ts";
import { leaseRequestSchema } from "#protocol/sync/leases.ts";
import { letInRequestSchema } from "#protocol/sync/letting-in.ts";
import { newerRequestSchema } from "#protocol/sync/newer.ts";
import { ownJournalQuerySchema } from "#protocol/sync/own-journal.ts";
import { pagesRequestSchema } from "#protocol/sync/pages.ts";
import { pointsRequestSchema } from "#protocol/sync/points.ts";
import { findPurchasesSchema } from "#protocol/sync/purchases.ts";
import { receiptMailRequestSchema } from "#protocol/sync/receipt-mails.ts";
import { replicaQuerySchema } from "#protocol/sync/replica.ts";
import { HQ_KEY, HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { likeSchema } from "../testing/from-schema.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { keepHouse } from "../testing/two-stores.ts";
import { consoleHeaders } from "../testing/users.ts";
import { HQ_API } from "./hq-api.ts";
import { SHOP_API } from "./shop-api.ts";

/** An answer that takes longer is taken for a hang, on a machine that does much else too. */
const PATIENCE_MS = 10_000;
/** Each run is a question over HTTP: fewer than for what is asked within the program. `npm run fuzz` asks as often as it is told. */
const RUNS = fc.readConfigureGlobal()?.numRuns ?? 8;
const FEW = fc.readConfigureGlobal()?.numRuns ?? 1;

let http: HttpForTests;
let till: HttpTill;
/** Each writes a journal of its own; paired before the addresses are asked as often as one may. */
let writer: HttpTill;
let altered: HttpTill;
let ids: readonly string[];
const served: string[] = [];
beforeAll(async () => {
  http = await HttpForTests.open({
    proxies: ["127.0.0.1"],
    onRoute: ({ method, url }) => {
      for (const each of [method].flat()) if (each !== "HEAD") served.push(`${each} ${url}`);
    },
  });
  const berlin = await keepHouse(http.parts, { store: BERLIN, mark: "Mitte" });
  const hamburg = await keepHouse(http.parts, { store: HAMBURG, mark: "Altona" });
  await http.parts.stockUp([TEA], 10);
  ids = [...Object.values(berlin), ...Object.values(hamburg), "BER1", "product-tea", "retail", "web"];
  till = await http.pair();
  writer = await http.pair();
  altered = await http.pair();
  await http.push(till, [till.till.begin()]);
});
afterAll(() => http.close());

/** Turned away at the door: such an answer says nothing of what stands behind it. */
const AT_THE_DOOR = [401, 403, 429];
/** Where somebody says who they are, being refused is the answer. */
const SAYING_WHO = ["/sync/v1/enrol", "/sync/v1/let-in", "/hq/v1/session"];
let asks = 0;

/** Nothing that anybody sends makes the server fail, or hang, and all of it is read: whoever asks may, and each asks from an address of their own. What it was, a failing test says. */
async function expectAnAnswer(
  path: string,
  asked: { readonly method: string; readonly token: string; readonly body?: unknown },
): Promise<void> {
  asks += 1;
  const stopped = AbortSignal.timeout(PATIENCE_MS);
  const { method, token, body } = asked;
  const answer = await fetch(`${http.address}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...consoleHeaders(http.address),
      "x-forwarded-for": [10, asks >> 16, asks >> 8, asks].map((part) => part & 255).join("."),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: stopped,
  });
  const said = await answer.text();
  expect(answer.status, `${method} ${path}: ${said}`).toBeLessThan(500);
  const door = SAYING_WHO.includes(path.split("?")[0] ?? "") ? [429] : AT_THE_DOOR;
  expect(door, `${method} ${path}: ${said}`).not.toContain(answer.status);
  expect(said).not.toContain("did not come from a page of this server");
}

/** What there is, once it is: tests make their values as they run. */
const names = () => [...new Set([...ids, till.till.device, TEA, "SKU-tea"])];

/** Whatever stands in the place of a parameter: mostly what there is. */
const inPath = fc.oneof(
  { weight: 3, arbitrary: fc.nat().map((at) => encodeURIComponent(ids[at % ids.length] ?? "")) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map(encodeURIComponent),
  },
  { weight: 1, arbitrary: fc.constantFrom("..%2f..", "%00", "%ff", "a".repeat(900), "-1", "0", "null") },
);

function pathsOf(path: string): fc.Arbitrary<string> {
  const places = path.match(/:\w+/g) ?? [];
  return fc
    .tuple(...places.map(() => inPath))
    .map((fillings) => fillings.reduce((filled, each) => filled.replace(/:\w+/, () => each), path));
}

function queriesOf(schema: z.ZodType | null): fc.Arbitrary<string> {
  if (schema === null) return fc.constant("");
  return likeSchema(schema, names()).map((query) => {
    if (typeof query !== "object" || query === null) return "?x";
    const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    return `?${new URLSearchParams(pairs)}`;
  });
}

const SYNC: readonly (readonly [string, string, z.ZodType | null, z.ZodType | null])[] = [
  ["GET", "/sync/v1/replica/:collection", replicaQuerySchema, null],
  ["GET", "/sync/v1/snapshot/:collection", null, null],
  ["GET", "/sync/v1/certificate", null, null],
  ["GET", "/sync/v1/journal", ownJournalQuerySchema, null],
  ["GET", "/sync/v1/personal-key", null, null],
  ["GET", "/sync/v1/cases", casesLookUpSchema, null],
  ["GET", "/sync/v1/case-purchases", casePurchaseQuerySchema, null],
  ["GET", "/sync/v1/availability", availabilityQuerySchema, null],
  ["GET", "/sync/v1/customers", findCustomersQuerySchema, null],
  ["GET", "/sync/v1/customers/:id", null, null],
  ["GET", "/sync/v1/customers/:id/history", null, null],
  ["GET", "/sync/v1/baskets/:code", null, null],
  ["GET", "/sync/v1/pictures/:hash", null, null],
  ["POST", "/sync/v1/enrol", null, enrolRequestSchema],
  ["POST", "/sync/v1/let-in", null, letInRequestSchema],
  ["POST", "/sync/v1/pages", null, pagesRequestSchema],
  ["POST", "/sync/v1/newer", null, newerRequestSchema],
  ["POST", "/sync/v1/journal", null, pushRequestSchema],
  ["POST", "/sync/v1/leases", null, leaseRequestSchema],
  ["POST", "/sync/v1/purchases", null, findPurchasesSchema],
  ["POST", "/sync/v1/balances", null, balanceRequestSchema],
  ["POST", "/sync/v1/points", null, pointsRequestSchema],
  ["POST", "/sync/v1/health", null, healthSchema],
  ["POST", "/sync/v1/baskets", null, shareBasketRequestSchema],
  ["POST", "/sync/v1/receipt-mails", null, receiptMailRequestSchema],
];

/** A stream never ends: `slow-clients` and `hearing` are about it. */
const STREAMS = ["GET /sync/v1/changes"];

test("every address of sync is asked", () => {
  const asked = SYNC.map(([method, path]) => `${method} ${path}`);
  const all = new Set(served.filter((route) => route.includes("/sync/")));
  expect([...asked, ...STREAMS].sort()).toEqual([...all].sort());
});

test.each(SYNC)("%s %s answers whatever a till sends", async (method, path, query, body) => {
  const collection = fc.constantFrom(...replicaCollectionSchema.options, "secrets");
  const paths = path.includes(":collection")
    ? collection.map((each) => path.replace(":collection", each))
    : pathsOf(path);
  const bodies = body === null ? fc.constant(undefined) : likeSchema(body, names());
  await fc.assert(
    fc.asyncProperty(paths, queriesOf(query), bodies, async (filled, asked, sent) => {
      http.parts.clock.advance(60_000);
      await expectAnAnswer(`${filled}${asked}`, { method, token: till.token, body: sent });
    }),
    { numRuns: RUNS },
  );
});

test("whatever happened by a till's word is taken in, or refused by name: nothing of it holds up what comes after", async () => {
  const mine = writer;
  await http.push(mine, [mine.till.begin()]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(likeSchema(factSchema, names()), { minLength: 1, maxLength: 4 }),
      async (facts) => {
        const known = facts.flatMap((fact) => factSchema.safeParse(fact).data ?? []);
        fc.pre(known.length > 0);
        const before = mine.till.entries.length;
        const pushed = await http.push(
          mine,
          known.map((fact) => mine.till.write(fact)),
        );
        const said = await pushed.text();
        expect([200, 400], said).toContain(pushed.status);
        const isTaken = pushed.status === 200 && pushAnswerSchema.parse(JSON.parse(said)).ok;
        if (!isTaken) mine.till.restoreTo(before);
      },
    ),
    { numRuns: RUNS * 4 },
  );
  expect(await notBooked()).toEqual([]);
  const next = await http.push(mine, [mine.till.sell([{ variant: TEA, quantity: 1 }])]);
  expect(pushAnswerSchema.parse(await next.json()).ok).toBe(true);
});

/** What was taken in and could not be booked, and why: a bug of the server's, but where it says in its own words that a till told of a shift that it never opened. */
async function notBooked(): Promise<readonly unknown[]> {
  const open = await http.parts.storage.read((tx) => tx.openExceptionsOf("notBooked"));
  return open
    .map(({ detail }) => detail)
    .filter(({ error = "" }) => !/^this till never opened the shift /.test(error));
}

test("a journal of which something was changed on the way is refused by name, and taken in as it was", async () => {
  const mine = altered;
  const whole = [mine.till.begin(), mine.till.sell([{ variant: TEA, quantity: 1 }])];
  const text = JSON.stringify({ entries: whole });
  const changes = fc.tuple(
    fc.nat({ max: text.length - 1 }),
    fc.nat({ max: 6 }),
    fc.oneof(
      fc.string({ maxLength: 3 }),
      fc.constantFrom('"', "{", "]", "\\", "\u0000", "9e999", "null", ","),
    ),
  );
  await fc.assert(
    fc.asyncProperty(changes, async ([at, length, put]) => {
      const changed = text.slice(0, at) + put + text.slice(at + length);
      fc.pre(changed !== text);
      const answer = await http.ask("/sync/v1/journal", { method: "POST", token: mine.token, body: changed });
      const said = await answer.text();
      expect([200, 400], said).toContain(answer.status);
      // White space between what is said changes nothing of it.
      const isSame = answer.status === 200 && JSON.stringify(JSON.parse(changed)) === text;
      if (answer.status === 200) expect(pushAnswerSchema.parse(JSON.parse(said)).ok).toBe(isSame);
    }),
    { numRuns: RUNS * 4 },
  );
  expect(pushAnswerSchema.parse(await (await http.push(mine, whole)).json()).ok).toBe(true);
});

/** A stream never ends, and a webhook's test reaches out to other machines. */
const NOT_ASKED_OF_HQ: readonly string[] = ["live", "testWebhook"];

describe("of web shops and HQ every address", () => {
  test.each(Object.entries(SHOP_API))("answers whatever a shop sends to %s", async (_, call) => {
    const bodies = call.body === null ? fc.constant(undefined) : likeSchema(call.body.schema, names());
    await fc.assert(
      fc.asyncProperty(pathsOf(call.path), queriesOf(call.query), bodies, (path, query, body) => {
        http.parts.clock.advance(60_000);
        return expectAnAnswer(`${path}${query}`, { method: call.method, token: HQ_KEY, body });
      }),
      { numRuns: FEW },
    );
  });

  const calls = Object.entries(HQ_API).filter(([name]) => !NOT_ASKED_OF_HQ.includes(name));
  test("that is left out is there", () => {
    expect(Object.keys(HQ_API)).toEqual(expect.arrayContaining([...NOT_ASKED_OF_HQ]));
  });
  test.each(calls)("answers whatever somebody sends to HQ's %s", async (_, call) => {
    const bodies = call.body === null ? fc.constant(undefined) : likeSchema(call.body, names());
    await fc.assert(
      fc.asyncProperty(pathsOf(call.path), queriesOf(call.query), bodies, (path, query, body) => {
        http.parts.clock.advance(60_000);
        return expectAnAnswer(`${path}${query}`, { method: call.method, token: HQ_KEY, body });
      }),
      { numRuns: FEW },
    );
  });
});
