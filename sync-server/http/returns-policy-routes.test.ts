import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import { returnsPolicyAnswerSchema, storeReturnsSchema } from "#protocol/hq/returns-policy.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const RETAILERS = "/hq/v1/returns-policy";
const put = (path: string, body: unknown) => http.hq(path, { method: "PUT", body });
const policy = (changes: Record<string, unknown> = {}) => ({ ...DEFAULT_RETURN_POLICY, ...changes });
const read = async () => returnsPolicyAnswerSchema.parse(await (await http.hq(RETAILERS)).json());
const CHF = idOf<"Currency">("CHF");

async function windowAt({ token }: HttpTill): Promise<number> {
  const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token });
  return Number(/"windowDays":(\d+)/.exec(await pulled.text())?.[1]);
}

async function refusal(answer: Response): Promise<string> {
  const { message, details = [] } = errorBodySchema.parse(await answer.json());
  return [answer.status, message, ...details].join(" ");
}

test("before HQ decides anything the usual policy holds in every store", async () => {
  const { policy: retailers, stores } = await read();
  expect(retailers).toEqual(DEFAULT_RETURN_POLICY);
  expect(stores.map(({ code, own }) => [code, own])).toEqual([
    ["BER1", null],
    ["HAM1", null],
  ]);
});

test("the retailer's policy reaches the tills of every store but those with a policy of their own", async () => {
  const [berlin, hamburg] = [await http.pair("BER1"), await http.pair("HAM1")];
  expect((await put("/hq/v1/stores/ham1/returns", policy({ windowDays: 7 }))).status).toBe(200);
  expect((await put(RETAILERS, policy({ windowDays: 60 }))).status).toBe(200);
  expect([await windowAt(berlin), await windowAt(hamburg)]).toEqual([60, 7]);
  const back = await http.hq("/hq/v1/stores/HAM1/returns", { method: "DELETE" });
  expect(storeReturnsSchema.parse(await back.json())).toMatchObject({ code: "HAM1", own: null });
  expect(await windowAt(hamburg)).toBe(60);
});

test("a store that opens later goes by the retailer's policy too", async () => {
  await put(RETAILERS, policy({ windowDays: 60 }));
  const { publisher, storage } = http.parts.deps;
  const munich = { ...BERLIN, store: idOf<"Store">("store-muc1"), code: "MUC1" };
  await publisher.publish((publication) => publication.putStore(munich));
  expect(await storage.read((tx) => tx.store(munich.store))).toMatchObject({ returns: { windowDays: 60 } });
});

test("amounts in another currency than the store's are refused, and nothing is changed", async () => {
  const francs = { maxCash: { minor: 5_000, currency: "CHF" } };
  expect(await refusal(await put("/hq/v1/stores/BER1/returns", policy(francs)))).toContain(
    "400 Berlin Mitte keeps",
  );
  await http.parts.deps.publisher.publish((publication) =>
    publication.putStore({ ...HAMBURG, currency: CHF }),
  );
  const euros = policy({ managerAbove: { minor: 5_000, currency: "EUR" } });
  expect(await refusal(await put(RETAILERS, euros))).toContain("give it a policy of its own first");
  await put("/hq/v1/stores/HAM1/returns", policy(francs));
  expect((await put(RETAILERS, euros)).status).toBe(200);
  const lapsed = await http.hq("/hq/v1/stores/HAM1/returns", { method: "DELETE" });
  expect(await refusal(lapsed)).toContain("Hamburg Hafen keeps its amounts in CHF");
  expect((await read()).stores.map(({ own }) => own !== null)).toEqual([false, true]);
});

test("a policy that makes no sense is refused with what is wrong with it", async () => {
  const wrongs: readonly (readonly [Record<string, unknown>, string])[] = [
    [{ windowDays: -1 }, "windowDays"],
    [
      {
        windows: [
          { category: "Kitchen", days: 3 },
          { category: "Kitchen", days: 4 },
        ],
      },
      "two windows",
    ],
    [{ refundTo: [] }, "refundTo"],
    [{ refundTo: ["cash", "cash"] }, "each way of refund counts once"],
    [{ maxCash: { minor: -1, currency: "EUR" } }, "zero or more"],
    [{ surprise: 1 }, "surprise"],
  ];
  for (const [changes, words] of wrongs)
    expect(await refusal(await put(RETAILERS, policy(changes)))).toContain(words);
  expect(await refusal(await put("/hq/v1/stores/XX9/returns", policy()))).toContain(
    "404 There is no store XX9",
  );
  expect((await read()).policy).toEqual(DEFAULT_RETURN_POLICY);
});

test("what a till may give back on its own word is set per store, in its currency", async () => {
  const till = await http.pair("BER1");
  const path = "/hq/v1/stores/BER1/offline-refund";
  const set = await put(path, { maxRefund: { minor: 2_500, currency: "EUR" } });
  expect(storeReturnsSchema.parse(await set.json()).maxRefundOffline.minor).toBe(2_500);
  const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token: till.token });
  expect(JSON.stringify(await pulled.json())).toContain('"maxRefund":{"minor":2500');
  expect((await put(path, { maxRefund: { minor: 1, currency: "USD" } })).status).toBe(400);
  expect((await put(path, { maxRefund: { minor: -1, currency: "EUR" } })).status).toBe(400);
});

test("windows by category are chosen from the categories that the catalogue has", async () => {
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putProduct(product(TEA, { category: "Tea" }));
    await publication.putProduct(product(CUP, { category: "Kitchen" }));
  });
  expect(await (await http.hq("/hq/v1/categories")).json()).toEqual({ categories: ["Kitchen", "Tea"] });
});
