import { afterEach, beforeEach, expect, test } from "vitest";
import { money } from "#domain/money/money.ts";
import { offlineLimitsAnswerSchema, storeOfflineLimitsSchema } from "#protocol/hq/offline-limits.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { EUR } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const eur = (minor: number) => money(minor, EUR);
const LIMITS = { maxRefund: eur(2_000), maxCredit: eur(1_000), maxPoints: eur(500), couponCodes: false };
const put = (code: string, limits: object) =>
  http.hq(`/hq/v1/stores/${code}/offline-limits`, { method: "PUT", body: limits });
const read = async () =>
  offlineLimitsAnswerSchema.parse(await (await http.hq("/hq/v1/offline-limits")).json()).stores;

test("what a till may do on its own word is decided by HQ for each store, and its tills have it", async () => {
  const [before] = await read();
  expect(before).toMatchObject({ code: "BER1", limits: { maxPoints: null, couponCodes: true } });
  const { token } = await http.pair("BER1");
  const answer = await put("ber1", LIMITS);
  expect(storeOfflineLimitsSchema.parse(await answer.json()).limits).toEqual(LIMITS);
  const pulled = await (await http.ask("/sync/v1/replica/settings?limit=10", { token })).text();
  expect(pulled).toContain('"couponCodes":false');
  expect(pulled).toContain('"warnAfterDays"');
  const stores = await read();
  expect(stores.map(({ code, limits }) => [code, limits.maxCredit.minor])).toEqual([
    ["BER1", 1_000],
    ["HAM1", 5_000],
  ]);
  await put("BER1", { ...LIMITS, maxPoints: null });
  expect((await read())[0]?.limits.maxPoints).toBeNull();
});

test("limits in other money, below zero or of no store are refused", async () => {
  const francs = { ...LIMITS, maxCredit: { minor: 1, currency: "CHF" } };
  expect(await refusalOf(await put("BER1", francs))).toMatchObject({ status: 400 });
  expect(await refusalOf(await put("BER1", { ...LIMITS, maxRefund: eur(-1) }))).toMatchObject({
    status: 400,
  });
  expect(await refusalOf(await put("XXX1", LIMITS))).toMatchObject({ status: 404 });
});
