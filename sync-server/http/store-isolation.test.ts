import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { instant } from "#domain/ids.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import { type HouseIds, keepHouse } from "../testing/two-stores.ts";
import type { Asker } from "./asker.ts";
import { HQ_API } from "./hq-api.ts";
import type { HqCall } from "./hq-call.ts";

/** Somebody who may do everything, in Hamburg alone. */
const HAMBURGER: Asker = {
  kind: "key",
  id: "hamburger",
  name: "Hamburg",
  stores: [HAMBURG.store],
  key: {
    hash: "0".repeat(64),
    scope: "hq",
    name: "Hamburg",
    channels: [],
    createdAt: instant(0),
    lastUsedAt: null,
  },
};
/** By these everything of Berlin is known; the time zone of all stores has the city in its name too. */
const BERLINS = ["BER1", BERLIN.store, BERLIN.name, "Charlottenburg", "charlottenburg"];
/** What is about people's own account, which a key has none of. */
const OWN = ["ownSessions", "totpOffer"];
/** What queries are filled with where a call takes these. */
const FILLINGS: readonly Readonly<Record<string, string>>[] = [
  { feed: "catalog", seq: "0" },
  {
    store: "HAM1",
    from: "2027-01-01",
    until: "2027-01-31",
    format: "json",
    search: "BER1-01-000001",
    product: "product-tea",
    of: "brand",
    currency: "EUR",
  },
  { store: "HAM1", from: "2027-01-01T00:00", until: "2027-01-31T00:00", format: "csv", search: "W-BER1" },
];

let http: HttpForTests;
let berlin: HouseIds;
let hamburg: HouseIds;
beforeAll(async () => {
  http = await HttpForTests.open({ askerOf: async () => HAMBURGER });
  berlin = await keepHouse(http.parts, { store: BERLIN, mark: "Charlottenburg" });
  hamburg = await keepHouse(http.parts, { store: HAMBURG, mark: "Altona" });
});
afterAll(() => http.close());

const calls = Object.entries(HQ_API);
/** A stream of news never ends; its own test looks at what is in it. */
const isStream = ({ answer }: HqCall) =>
  "files" in answer && Array.isArray(answer.files) && answer.files.includes("text/event-stream");
const reading = calls.filter(([, call]) => call.method === "GET" && !isStream(call));
const plain = reading.filter(([, { path }]) => !path.includes(":"));
const byId = reading.filter(([, { path }]) => /:(?!code)/.test(path));
const ofStore = calls.filter(([, { path }]) => path.includes(":code"));
const askingForStore = plain.filter(([, call]) => fieldsOf(call).properties.includes("store"));

function fieldsOf({ query }: HqCall): { readonly properties: string[]; readonly required: string[] } {
  if (query === null) return { properties: [], required: [] };
  const shape = z
    .object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).default([]) })
    .parse(z.toJSONSchema(query, { io: "input" }));
  return { properties: Object.keys(shape.properties), required: shape.required };
}

/** Every query that a call takes of those that there are fillings for, besides what it needs, these of its fields. */
function queriesOf(call: HqCall, besides: Readonly<Record<string, string>> = {}): string[] {
  const { required, properties } = fieldsOf(call);
  const wanted = FILLINGS.map((all) => {
    const needed = Object.entries(all).filter(([name]) => required.includes(name));
    const more = Object.entries(besides).filter(([name]) => properties.includes(name));
    return Object.fromEntries([...needed, ...more]);
  });
  const fitting = wanted.filter((each) => call.query?.safeParse(each).success !== false);
  expect(fitting, `nothing is known to fill ${call.path} with`).not.toEqual([]);
  return [...new Set(fitting.map((each) => new URLSearchParams(each).toString()))];
}

async function asked(address: string) {
  const answer = await http.ask(address);
  return { status: answer.status, text: await answer.text() };
}

/** What somebody named themselves is no secret to them. */
function expectNothingOfBerlin(text: string, address: string): void {
  const told = address.includes("BER1") ? text.replaceAll(/There is no store BER1\./g, "") : text;
  for (const sign of BERLINS) expect(told, `${sign} in ${address}`).not.toContain(sign);
}

const post = (path: string, body: unknown = {}, method = "POST") => http.ask(path, { method, body });

describe("whoever works for Hamburg alone", () => {
  test.each(plain)("is told nothing of Berlin by %s", async (name, call) => {
    for (const query of queriesOf(call)) {
      const address = `${call.path}?${query}`;
      const { status, text } = await asked(address);
      expect(status, address).toBe(call.reach === "allStores" ? 403 : OWN.includes(name) ? 409 : 200);
      expectNothingOfBerlin(text, address);
    }
  });

  test.each(byId)("finds nothing of Berlin by its id with %s", async (_, call) => {
    for (const id of Object.values(berlin)) {
      for (const query of queriesOf(call)) {
        const path = call.path.replaceAll(/:\w+/g, encodeURIComponent(id));
        const { text } = await asked(`${path}?${query}`);
        expectNothingOfBerlin(text.replaceAll(id, ""), path);
      }
    }
  });

  test("finds tickets by their receipt numbers in Hamburg alone", async () => {
    const found = async (search: string) => (await asked(`/hq/v1/tickets?search=${search}`)).text;
    expect(await found("ham1-01")).toContain(hamburg.ticket);
    for (const number of ["BER1-", "BER1-01-000001", "000001", "%25"])
      expect(JSON.parse(await found(number)), number).toEqual({ tickets: [], total: 0 });
  });

  test.each(askingForStore)("is told by %s that there is no Berlin", async (_, call) => {
    for (const query of queriesOf(call, { store: "BER1" })) {
      const { status } = await asked(`${call.path}?${query}`);
      expect(status).toBe(call.reach === "allStores" ? 403 : 404);
    }
  });

  test.each(ofStore)("finds no Berlin by its code with %s, whatever they send", async (_, call) => {
    expect(call.reach).toEqual({ code: "path" });
    const path = call.path.replace(":code", "BER1");
    const answer = call.method === "GET" ? await http.ask(path) : await post(path, {}, call.method);
    expect(answer.status).toBe(404);
    expectNothingOfBerlin(await answer.text(), path);
  });

  test.each([
    ["orders", () => "W-HAM1"],
    ["tickets", () => hamburg.ticket],
    ["returns", () => hamburg.returned],
    ["shifts", () => hamburg.shift],
    ["zReports", () => hamburg.zReport],
    ["cases", () => hamburg.case],
    ["mails", () => hamburg.mail],
    ["staff", () => hamburg.colleague],
    ["timeClock", () => hamburg.clocked],
    ["approvals", () => "Altona"],
    ["commission", () => "Carla Altona"],
    ["exceptions", () => hamburg.exception],
    ["devices", () => hamburg.till],
    ["stores", () => "HAM1"],
  ])("still has what is theirs in %s", async (name, sign) => {
    const call = HQ_API[name];
    if (call === undefined) throw new Error(`there is no call ${name}`);
    const [query = ""] = queriesOf(call);
    expect((await asked(`${call.path}?${query}`)).text).toContain(sign());
  });
});

describe("whoever works for Hamburg alone changes nothing of Berlin", () => {
  const by = "Hanna";
  test.each([
    ["cancels no order", () => post(`/hq/v1/orders/${berlin.order}/cancel`, { reason: "x" })],
    [
      "takes no order away",
      () => post(`/hq/v1/orders/${berlin.order}/reroute`, { fulfilment: null, store: "HAM1", reason: "x" }),
    ],
    [
      "sends no order there",
      () => {
        const body = { fulfilment: hamburg.fulfilment, store: "BER1", reason: "x" };
        return post(`/hq/v1/orders/${hamburg.order}/reroute`, body);
      },
    ],
    ["goes on with no case", () => post(`/hq/v1/cases/${berlin.case}/acts`, { note: "x", by })],
    ["hands no case over", () => post(`/hq/v1/cases/${hamburg.case}/acts`, { store: "BER1", by })],
    ["sends no mail again", () => post(`/hq/v1/mails/${berlin.mail}/retry`)],
    ["dismisses nobody", () => post(`/hq/v1/staff/${berlin.colleague}/dismiss`)],
    ["gives nobody a PIN", () => post(`/hq/v1/staff/${berlin.colleague}/pin`, { pin: "482915" }, "PUT")],
    ["gives nobody a badge", () => post(`/hq/v1/staff/${berlin.colleague}/badge`)],
    [
      "sends nobody to work there",
      () => {
        const body = { name: "Carla", role: "cashier", stores: ["HAM1", "BER1"] };
        return post(`/hq/v1/staff/${hamburg.colleague}`, body, "PUT");
      },
    ],
    [
      "corrects no hours",
      () => {
        const times = { from: 1_800_000_000_000 - 3_600_000, until: 1_800_000_000_000 };
        const body = {
          span: berlin.clocked,
          staff: berlin.colleague,
          store: "HAM1",
          reason: "x",
          by,
          ...times,
        };
        return post("/hq/v1/time-clock/corrections", body);
      },
    ],
    [
      "resolves no exception",
      () => post(`/hq/v1/exceptions/${berlin.exception}/resolve`, { resolution: "accept", by }),
    ],
    ["revokes no till", () => post(`/hq/v1/devices/${berlin.till}/revoke`)],
    ["pairs no till", () => post("/hq/v1/pairing-codes", { store: "BER1" })],
    ["prints no labels", () => post("/hq/v1/labels", { store: "BER1", skus: ["SKU-tea"] })],
    [
      "tries no basket",
      () => {
        const lines = [{ sku: "SKU-tea", quantity: 1 }];
        return post("/hq/v1/promotions/simulate", { channel: "till", store: BERLIN.store, lines });
      },
    ],
  ])("%s: it is not found", async (_, act) => {
    const answer = await act();
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining("notFound")]);
  });

  test("of all mails that are dead only their own are tried again", async () => {
    expect(await (await post("/hq/v1/mails/retry")).json()).toEqual({ retried: 1 });
    const mail = await http.parts.storage.read((tx) => tx.mails({ state: "dead", limit: 9 }));
    expect(mail.map(({ id }) => String(id))).toEqual([berlin.mail]);
  });

  test("who works in both stores is seen there, without where else they work, and changed by nobody of one of them", async () => {
    await http.parts.deps.publisher.publish(async (publication) => {
      const known = await publication.tx.colleagues({ store: HAMBURG.store, active: null, search: "" });
      const [colleague] = known;
      if (colleague === undefined) throw new Error("nobody works in Hamburg");
      await publication.putColleague({ ...colleague, stores: [HAMBURG.store, BERLIN.store] });
    });
    const { text } = await asked("/hq/v1/staff");
    expect(text).toContain(hamburg.colleague);
    expect(text).not.toContain("BER1");
    expect((await post(`/hq/v1/staff/${hamburg.colleague}/dismiss`)).status).toBe(403);
  });

  test("an order that both stores do a part of shows their own part alone, and is not theirs to cancel", async () => {
    await http.parts.storage.write(async (tx) => {
      const order = await tx.order(await ownOrder());
      const [part] = order?.fulfilments ?? [];
      if (order === null || part === undefined) throw new Error("the order is gone");
      await tx.putOrder({ ...order, fulfilments: [part, { ...part, store: BERLIN.store }] }, null);
    });
    const { status, text } = await asked(`/hq/v1/orders/${hamburg.order}`);
    expect(status).toBe(200);
    expectNothingOfBerlin(text, "the order of both");
    expect((await post(`/hq/v1/orders/${hamburg.order}/cancel`, { reason: "x" })).status).toBe(403);
  });

  async function ownOrder() {
    const found = await http.parts.storage.read((tx) =>
      tx.orders({ status: null, store: HAMBURG.store, search: "", offset: 0, limit: 1 }),
    );
    const [order] = found.orders;
    if (order === undefined) throw new Error("Hamburg has no order");
    return order.id;
  }
});
