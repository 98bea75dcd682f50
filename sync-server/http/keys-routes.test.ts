import { afterEach, beforeEach, expect, test } from "vitest";
import { keysAnswerSchema, makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

async function made(body: unknown) {
  const answer = await http.hq("/hq/v1/keys", { method: "POST", body });
  return makeKeyAnswerSchema.parse(await answer.json());
}

async function listed() {
  return keysAnswerSchema.parse(await (await http.hq("/hq/v1/keys")).json()).keys;
}

const revoke = (id: string) => http.hq(`/hq/v1/keys/${id}`, { method: "DELETE" });

test("the keys are listed without what opens anything: neither the keys nor their hashes", async () => {
  http.parts.clock.advance(1);
  const { key, ...row } = await made({ scope: "shop", name: "Web shop", channels: ["web", "web"] });
  expect(row.channels).toEqual(["web"]);
  expect(await listed()).toMatchObject([
    { scope: "hq", yours: true },
    { ...row, yours: false },
  ]);
  expect(JSON.stringify(await listed())).not.toContain(key);
});

test("a revoked key is refused at its very next call, and cannot be revoked twice", async () => {
  const { key, id } = await made({ scope: "shop", name: "Web shop" });
  const use = () => http.ask("/shop/v1/baskets/AAAAAAAA", { token: key });
  expect((await use()).status).toBe(404);
  expect((await revoke(id)).status).toBe(200);
  expect(await refusalOf(await use())).toEqual({ status: 401, reason: "unauthorised" });
  expect(await refusalOf(await revoke(id))).toEqual({ status: 404, reason: "notFound" });
  expect(await listed()).toHaveLength(1);
});

test("HQ cannot lock itself out: the key that asks is not revoked by itself, but by another", async () => {
  const [own] = await listed();
  expect(await refusalOf(await revoke(own!.id))).toEqual({ status: 409, reason: "conflict" });
  const other = await made({ scope: "hq", name: "Office" });
  const answer = await http.ask(`/hq/v1/keys/${own!.id}`, { method: "DELETE", token: other.key });
  expect(answer.status).toBe(200);
  expect(await refusalOf(await http.hq("/hq/v1/keys"))).toEqual({ status: 401, reason: "unauthorised" });
});

test("a shop's key neither lists nor revokes", async () => {
  const { key, id } = await made({ scope: "shop", name: "Web shop" });
  for (const [method, path] of [
    ["GET", "/hq/v1/keys"],
    ["DELETE", `/hq/v1/keys/${id}`],
  ] as const)
    expect(await refusalOf(await http.ask(path, { method, token: key }))).toEqual({
      status: 403,
      reason: "forbidden",
    });
});
