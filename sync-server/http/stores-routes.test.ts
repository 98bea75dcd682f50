import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { businessDayOf, daysAfter } from "#domain/store/business-day.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import { settingsSchema } from "#protocol/documents/settings.ts";
import { type NewStore, storeDetailSchema, storeListSchema } from "#protocol/hq/store-settings.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { tickTax } from "../stores/tick-tax.ts";
import { BERLIN, EUR, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

const NINE_TO_SIX = [{ from: "09:00", until: "18:00" }];
const COLOGNE: NewStore = {
  code: "CGN1",
  like: "BER1",
  name: "Köln Dom",
  address: ["Domplatz 1", "50667 Köln"],
  contact: { phone: "+49 221 1", email: "" },
  vatId: "DE999999999",
  timeZone: "Europe/Berlin",
  locale: "de-DE",
  currency: EUR,
  hours: { week: [[], NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, []], exceptions: [] },
};
const make = (changes: Partial<NewStore> = {}) =>
  http.hq("/hq/v1/stores", { method: "POST", body: { ...COLOGNE, ...changes } });
const read = async (answer: Promise<Response> | Response) =>
  storeDetailSchema.parse(await (await answer).json());
const listed = async (query = "") =>
  storeListSchema.parse(await (await http.hq(`/hq/v1/stores/list${query}`)).json());

test("a new store is there with its tills' settings, set up like another one", async () => {
  const answer = await make();
  expect(answer.status).toBe(201);
  const store = await read(answer);
  expect(store).toMatchObject({ code: "CGN1", hasSold: false, tills: 0, priceLists: ["retail"] });
  const text = await http.parts.storage.read((tx) =>
    tx.liveDocument({ feed: `store:${store.id}`, collection: "settings", id: store.id }),
  );
  expect(settingsSchema.parse(JSON.parse(text ?? ""))).toMatchObject({
    name: "Köln Dom",
    hours: COLOGNE.hours,
    retailer: "Tea & Pots",
  });
  expect((await listed("?search=dompl")).stores).toMatchObject([{ code: "CGN1", hasHours: true }]);
  expect((await listed("?sort=name&order=down&limit=1")).total).toBe(3);
});

const FIRST = {
  like: null,
  first: {
    retailer: "Tea & Pots",
    tax: { mode: "inclusive", name: "VAT 19 %", ppm: 190_000 },
  },
} as const;

test("the first store of all is like no other: its tax and retailer are said, and a till can be paired in it", async () => {
  const bare = await HttpForTests.open({ stores: [] });
  const first = (changes: object = {}) =>
    bare.hq("/hq/v1/stores", { method: "POST", body: { ...COLOGNE, ...FIRST, ...changes } });
  try {
    expect(await refusalOf(await first({ like: "BER1", first: undefined }))).toMatchObject({
      reason: "notFound",
    });
    expect(await (await first({ first: undefined })).json()).toMatchObject({ details: ["firstUnsaid"] });
    const answer = await first();
    expect(answer.status).toBe(201);
    const store = await read(answer);
    expect(store).toMatchObject({ retailer: "Tea & Pots", vatId: "DE999999999", priceLists: ["retail"] });
    expect(store.tax.classes).toMatchObject([
      { id: "standard", rates: [{ name: "VAT 19 %", ppm: 190_000 }] },
    ]);
    const text = await bare.parts.storage.read((tx) =>
      tx.liveDocument({ feed: `store:${store.id}`, collection: "settings", id: store.id }),
    );
    expect(settingsSchema.parse(JSON.parse(text ?? ""))).toMatchObject({
      code: "CGN1",
      hours: COLOGNE.hours,
    });
    const code = await bare.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: "CGN1" } });
    expect(code.status).toBe(200);
    expect(await (await first({ code: "CGN2" })).json()).toMatchObject({ details: ["notFirst"] });
    expect((await first({ code: "CGN2", like: "CGN1", first: undefined })).status).toBe(201);
  } finally {
    await bare.close();
  }
});

test("the first store has the currency of the prices that are there already", async () => {
  const bare = await HttpForTests.open({ stores: [] });
  try {
    const body = { name: "Retail", currency: "EUR" };
    expect((await bare.hq("/hq/v1/price-lists/retail", { method: "PUT", body })).status).toBe(200);
    const franc = { ...COLOGNE, ...FIRST, currency: "CHF" };
    const refused = await bare.hq("/hq/v1/stores", { method: "POST", body: franc });
    expect(await refused.json()).toMatchObject({ reason: "conflict", details: ["listInOtherCurrency"] });
  } finally {
    await bare.close();
  }
});

test("where there are stores a new one is like one of them", async () => {
  expect(await (await make(FIRST)).json()).toMatchObject({ details: ["notFirst"] });
  expect(await (await make({ first: FIRST.first })).json()).toMatchObject({ details: ["notFirst"] });
  expect((await listed()).total).toBe(2);
});

test("a code is one store's, and nonsense is refused in words", async () => {
  await make();
  expect(await refusalOf(await make())).toEqual({ status: 409, reason: "conflict" });
  expect(await refusalOf(await make({ code: "X1", like: "NONE" }))).toMatchObject({ reason: "notFound" });
  expect(await refusalOf(await make({ code: "X1", timeZone: "Europe/Atlantis" }))).toMatchObject({
    reason: "badRequest",
  });
  const week = COLOGNE.hours?.week.with(0, [{ from: "12:00", until: "09:00" }]) ?? [];
  expect(await refusalOf(await make({ code: "X1", hours: { week, exceptions: [] } }))).toMatchObject({
    reason: "badRequest",
  });
});

test("a store that has sold keeps its currency; one that has not may have another", async () => {
  const { code, like: _, ...profile } = COLOGNE;
  await make();
  const franc = { ...profile, currency: "CHF" };
  const changed = http.hq(`/hq/v1/stores/${code}`, { method: "PUT", body: franc });
  const { id } = await read(changed);
  const settings = await http.parts.storage.read((tx) => tx.store(idOf<"Store">(id)));
  expect(settings).toMatchObject({ currency: "CHF", offlinePolicy: { maxRefund: { currency: "CHF" } } });
  const till = await http.pair("BER1");
  await http.parts.stockUp([TEA], 1);
  till.till.begin();
  till.till.sell([{ variant: TEA, quantity: 1 }]);
  await http.push(till, till.till.entries);
  const refused = await http.hq("/hq/v1/stores/BER1", { method: "PUT", body: franc });
  expect(await refusalOf(refused)).toMatchObject({ reason: "conflict" });
});

test("taxes are changed as long as no class is taken away, and the audit log has both", async () => {
  const tax = {
    mode: "inclusive",
    rounding: "line",
    classes: [{ id: "standard", name: "Standard", rates: [{ id: "vat", name: "VAT", ppm: 190_000 }] }],
    cashRounding: { incrementMinor: 5 },
  };
  const put = (body: unknown) => http.hq("/hq/v1/stores/BER1/tax", { method: "PUT", body });
  expect((await read(put(tax))).tax).toEqual(tax);
  expect(await refusalOf(await put({ ...tax, classes: [] }))).toMatchObject({ reason: "badRequest" });
  const trail = await http.parts.storage.read((tx) => tx.trail({ before: null, limit: 5 }));
  expect(trail.map(({ outcome, subject }) => [subject.id, outcome])).toEqual([
    ["BER1", "refused"],
    ["BER1", "done"],
  ]);
  expect(trail[1]).toMatchObject({
    before: { tax: { rounding: "ticket" } },
    after: { tax: { rounding: "line" } },
  });
});

test("rates are planned for a day to come, begin by themselves, and what held before stays known", async () => {
  const rates = (ppm: number) => [{ id: "vat", name: "VAT", ppm }];
  const tax = {
    mode: "inclusive",
    rounding: "ticket",
    classes: [{ id: "standard", name: "Standard", rates: rates(190_000) }],
    cashRounding: null,
  };
  const today = businessDayOf({ at: http.parts.clock.now(), timeZone: "Europe/Berlin" });
  const tomorrow = daysAfter(today, 1);
  const plan = { ...tax, planned: [{ taxClass: "standard", from: tomorrow, rates: rates(210_000) }] };
  const put = (body: unknown) => http.hq("/hq/v1/stores/BER1/tax", { method: "PUT", body });
  expect((await read(put(plan))).tax).toEqual(plan);
  const onTills = async () => {
    const text = await http.parts.storage.read((tx) =>
      tx.liveDocument({ feed: `store:${BERLIN.store}`, collection: "settings", id: BERLIN.store }),
    );
    return settingsSchema.parse(JSON.parse(text ?? "")).tax;
  };
  expect(await onTills()).toEqual(plan);
  const past = { ...tax, planned: [{ ...plan.planned[0], from: today }] };
  expect(await (await put(past)).json()).toMatchObject({ details: ["plannedPast"] });

  const { clock, deps } = http.parts;
  const tick = () =>
    tickTax({ storage: http.parts.storage, publisher: deps.publisher, now: () => clock.now() });
  await tick();
  expect(await onTills()).toEqual(plan);
  clock.advance(DAY_MS);
  const begun = { ...tax, classes: [{ id: "standard", name: "Standard", rates: rates(210_000) }] };
  expect((await read(http.hq("/hq/v1/stores/BER1"))).tax).toEqual(begun);
  await tick();
  const former = [{ taxClass: "standard", until: tomorrow, rates: rates(190_000) }];
  expect(await onTills()).toEqual({ ...begun, former });
  await read(put({ ...begun, rounding: "line" }));
  expect(await onTills()).toEqual({ ...begun, rounding: "line", former });
});

test("a store that is closed takes no new tills and stands aside in the list until it is opened again", async () => {
  const act = (what: string) => http.hq(`/hq/v1/stores/HAM1/${what}`, { method: "POST" });
  expect((await read(act("close"))).closedAt).toBe(http.parts.clock.now());
  const code = await http.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: "HAM1" } });
  expect(await refusalOf(code)).toMatchObject({ reason: "notFound" });
  expect((await listed()).stores.map((store) => store.code)).toEqual(["BER1"]);
  expect((await listed("?state=closed")).stores.map((store) => store.code)).toEqual(["HAM1"]);
  expect((await read(act("reopen"))).closedAt).toBeNull();
  expect((await listed()).total).toBe(2);
});
