import { afterEach, beforeEach, expect, test } from "vitest";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { DEFAULT_RETAILER_RULES } from "#domain/orders/retailer-rules.ts";
import { orderDetailSchema } from "#protocol/hq/orders.ts";
import { retailerRulesSchema, storePoliciesAnswerSchema, storePolicySchema } from "#protocol/hq/rules.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { OrderBench, shopOrder, TO_SHIP } from "../testing/orders.ts";
import { BERLIN, CUP, HAMBURG, TEA } from "../testing/shop.ts";

let http: HttpForTests;
let bench: OrderBench;
beforeEach(async () => {
  http = await HttpForTests.open();
  bench = new OrderBench(http.parts.deps);
});
afterEach(() => http.close());

const put = (path: string, body: unknown) => http.hq(path, { method: "PUT", body });
const rules = (changes: Record<string, unknown>) =>
  put("/hq/v1/rules", { ...DEFAULT_RETAILER_RULES, ...changes });

async function ordered(id: string, lines: readonly (readonly [string, number])[], maySplit = false) {
  const body = shopOrder({
    ...TO_SHIP,
    id,
    lines: lines.map(([sku, quantity]) => ({ sku, quantity, unitPrice: { minor: 500, currency: "EUR" } })),
    maySplit,
  });
  const answer = await http.hq("/shop/v1/orders", { method: "POST", body });
  return shopOrderSchema.parse(await answer.json());
}

const storesOf = ({ fulfilments }: { readonly fulfilments: readonly { readonly store: string }[] }) =>
  fulfilments.map(({ store }) => store).toSorted();

test("the rules are the usual ones until HQ puts others, and those are there from then on", async () => {
  const read = async () => retailerRulesSchema.parse(await (await http.hq("/hq/v1/rules")).json());
  expect(await read()).toEqual(DEFAULT_RETAILER_RULES);
  const changed = { routing: ["cheapest", "nearest"], split: "never", silentStores: "never" };
  expect((await rules(changed)).status).toBe(200);
  expect(await read()).toMatchObject(changed);
});

test("the next order is routed by them: split where they say so", async () => {
  await bench.stock(BERLIN, TEA, 5);
  await bench.stock(HAMBURG, CUP, 5);
  const both = [
    ["SKU-tea", 1],
    ["SKU-cup", 1],
  ] as const;
  expect(storesOf(await ordered("1", both))).toEqual([]);
  await rules({ split: "always" });
  expect(storesOf(await ordered("2", both))).toEqual(["BER1", "HAM1"]);
  await rules({ split: "never" });
  expect(storesOf(await ordered("3", both, true))).toEqual([]);
});

test("a silent store gets no order where the rules say never, but one that was named does", async () => {
  await bench.stock(BERLIN, TEA, 5);
  const till = await http.pair();
  await http.ask("/sync/v1/availability?sku=SKU-tea", { token: till.token });
  await http.parts.deps.contacts.flush();
  http.parts.clock.advance(DEFAULT_ORDER_POLICY.silentAfterMs + 1);
  await rules({ silentStores: "never" });
  expect(storesOf(await ordered("1", [["SKU-tea", 1]]))).toEqual([]);
  const { order } = await bench.place({
    id: "2",
    lines: [{ sku: "SKU-tea", quantity: 1, unitPrice: { minor: 350, currency: "EUR" } }],
  });
  expect(order.fulfilments).toHaveLength(1);
});

test("shares count from the next order on; what was placed before keeps its own", async () => {
  await bench.stock(BERLIN, TEA, 5);
  const credited = async (id: string) => {
    const detail = orderDetailSchema.parse(await (await http.hq(`/hq/v1/orders/${id}`)).json());
    return detail.credits.find(({ to }) => to === "channel")?.amount.minor;
  };
  const first = await ordered("1", [["SKU-tea", 1]]);
  await rules({ attribution: { placedPpm: 250_000, fulfilledPpm: 750_000 } });
  const second = await ordered("2", [["SKU-tea", 1]]);
  expect([await credited(first.id), await credited(second.id)]).toEqual([500, 125]);
});

test("rules that make no sense are refused with what is wrong with them, and change nothing", async () => {
  const wrongs: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ routing: ["nearest", "nearest"] }, "routing: each rule counts once"],
    [{ routing: ["luck"] }, "routing.0"],
    [{ split: "sometimes" }, "split"],
    [{ attribution: { placedPpm: 1_000_001, fulfilledPpm: 0 } }, "attribution.placedPpm: a share is at most"],
    [{ attribution: { placedPpm: 0.5, fulfilledPpm: 0 } }, "attribution.placedPpm: a share is whole"],
    [{ surprise: true }, "surprise"],
  ];
  for (const [changes, words] of wrongs) {
    const answer = await rules(changes);
    expect(answer.status).toBe(400);
    expect(errorBodySchema.parse(await answer.json()).details?.join("\n")).toContain(words);
  }
  expect(await (await http.hq("/hq/v1/rules")).json()).toEqual(DEFAULT_RETAILER_RULES);
});

test("how a store takes part is put whole and reaches its tills with its settings", async () => {
  const policy = { ...DEFAULT_ORDER_POLICY, pickup: false, safetyStock: 2 };
  const answer = await put("/hq/v1/stores/ber1/orders", policy);
  expect(storePolicySchema.parse(await answer.json())).toMatchObject({ code: "BER1", policy });
  const { stores } = storePoliciesAnswerSchema.parse(await (await http.hq("/hq/v1/policies")).json());
  expect(stores.map(({ code, policy: { pickup } }) => [code, pickup])).toEqual([
    ["BER1", false],
    ["HAM1", true],
  ]);
  const till = await http.pair();
  const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token: till.token });
  expect(JSON.stringify(await pulled.json())).toContain('"safetyStock":2');
});

test("a policy that makes no sense is refused: unknown store, another currency, no time at all", async () => {
  expect(await refusalOf(await put("/hq/v1/stores/XX9/orders", DEFAULT_ORDER_POLICY))).toEqual({
    status: 404,
    reason: "notFound",
  });
  for (const wrong of [
    { shippingCost: { minor: 1, currency: "USD" } },
    { promiseMs: 0 },
    { safetyStock: -1 },
  ])
    expect((await put("/hq/v1/stores/BER1/orders", { ...DEFAULT_ORDER_POLICY, ...wrong })).status).toBe(400);
});
