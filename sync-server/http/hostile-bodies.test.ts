import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { HQ_KEY, HttpForTests, type HttpTill, refusalOf } from "../http-for-tests.ts";
import { connectShop, webhook } from "../testing/connectors.ts";
import { consoleHeaders } from "../testing/users.ts";

let http: HttpForTests;
let till: HttpTill;
beforeAll(async () => {
  http = await HttpForTests.open();
  till = await http.pair();
});
afterAll(() => http.close());

const MEGABYTE = 1024 * 1024;
const LATER = { [PROTOCOL_HEADER]: String(PROTOCOL_VERSION + 1) };

/** Brackets within each other, as many as fit into so many bytes. */
const nested = (bytes: number, open = "[", close = "]", core = "") => {
  const times = Math.floor((bytes - core.length) / (open.length + close.length));
  return `${open.repeat(times)}${core}${close.repeat(times)}`;
};
const SHAPES = [
  ["lists", nested(MEGABYTE - 200)],
  ["objects", nested(MEGABYTE - 200, '{"a":', "}", "1")],
  ["lists that nobody closes", "[".repeat(MEGABYTE - 200)],
  ["lists, not many but more than any message has", nested(400)],
] as const;

describe.each(SHAPES)("S73 a body of %s within each other", (_, brackets) => {
  test.each<readonly [string, () => [string, Parameters<HttpForTests["ask"]>[1]]]>([
    ["an open address", () => ["/hq/v1/session", { headers: consoleHeaders(http.address) }]],
    ["enrolment", () => ["/sync/v1/enrol", {}]],
    ["a till's journal", () => ["/sync/v1/journal", { token: till.token }]],
    ["a till's health", () => ["/sync/v1/health", { token: till.token }]],
    ["HQ", () => ["/hq/v1/webhooks", { token: HQ_KEY }]],
    ["a web shop's order", () => ["/shop/v1/orders", { token: HQ_KEY }]],
  ])("is refused by %s", async (_address, to) => {
    const [path, asked] = to();
    const answer = await http.ask(path, { ...asked, method: "POST", body: brackets });
    expect([400, 413]).toContain(answer.status);
  });

  test("is refused within an entry that a later till may have written", async () => {
    const entry = JSON.stringify({ ...till.till.begin(), fact: { type: "newer.kind", of: 0 } });
    const body = `{"entries":[${entry.replace('"of":0', `"of":${brackets}`)}]}`;
    const answer = await http.ask("/sync/v1/journal", {
      method: "POST",
      token: till.token,
      headers: LATER,
      body,
    });
    expect(await refusalOf(answer)).toEqual({ status: 400, reason: "badRequest" });
  });

  test("is refused as a webhook, though its signature is right", async () => {
    const shop = await http.parts.storage
      .read((tx) => tx.connector("con-1"))
      .then((known) => known ?? connectShop(http.parts.storage));
    const { headers, body } = webhook(brackets, shop, { delivery: `deep-${brackets.length}` });
    const answer = await fetch(`${http.address}/connectors/v1/${shop.id}/webhook`, {
      method: "POST",
      headers: Object.entries(headers).map(([name, value]) => [name, value ?? ""] as [string, string]),
      body: Buffer.from(body),
    });
    expect(await refusalOf(answer)).toEqual({ status: 400, reason: "badRequest" });
  });

  test("is a line that a bulk import refuses, and the line after it is read", async () => {
    const answer = await http.hq("/hq/v1/bulk/prices", {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body: `${brackets}\n{"no":"price"}\n`,
    });
    const reasons = (await answer.text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).reason);
    expect(reasons).toEqual([expect.stringMatching(/^(tooLong|notJson)$/), "wrongForm"]);
  });
});

test("nobody gives an object another prototype by JSON", async () => {
  const lease = '"act":"ask","subject":{"kind":"receipt","id":"ticket:t-1"}';
  const asked = (body: string) => http.ask("/sync/v1/leases", { method: "POST", token: till.token, body });
  expect((await asked(`{${lease}}`)).status).toBe(200);
  for (const hostile of [
    `{"__proto__":{"admin":true},${lease}}`,
    `{"constructor":{"prototype":{"admin":true}},${lease}}`,
    `{"act":"ask","subject":{"__proto__":{"admin":true},"kind":"receipt","id":"ticket:t-1"}}`,
    // The member's name is written as JSON may write it.
    `{"\\u005f_proto__":{"admin":true},${lease}}`,
  ])
    expect(await refusalOf(await asked(hostile)), hostile).toEqual({ status: 400, reason: "badRequest" });
  expect(Reflect.get({}, "admin")).toBeUndefined();
});
