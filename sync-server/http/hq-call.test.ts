import { afterEach, beforeEach, expect, test } from "vitest";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { HttpForTests } from "../http-for-tests.ts";

let server: HttpForTests;
beforeEach(async () => {
  server = await HttpForTests.open();
});
afterEach(() => server.close());

const trail = () => server.parts.storage.read((tx) => tx.trail({ before: null, limit: 10 }));

test("what somebody changes at HQ is in the audit log: who, what, before and after", async () => {
  const made = await server.hq("/hq/v1/keys", { method: "POST", body: { scope: "shop", name: "Web shop" } });
  const { id } = makeKeyAnswerSchema.parse(await made.json());
  await server.hq(`/hq/v1/keys/${id}`, { method: "DELETE" });
  const [revoked, added] = await trail();
  expect(added).toMatchObject({
    call: "POST /hq/v1/keys",
    by: { kind: "key" },
    subject: { kind: "key", id },
    asked: { scope: "shop", name: "Web shop" },
    outcome: "done",
  });
  expect(revoked).toMatchObject({
    call: "DELETE /hq/v1/keys/:id",
    subject: { kind: "key", id },
    before: { id, name: "Web shop" },
    after: null,
    outcome: "done",
  });
});

test("what HQ refused is in the audit log with the words it was refused by", async () => {
  await server.hq("/hq/v1/keys/000000000000", { method: "DELETE" });
  expect(await trail()).toMatchObject([
    { outcome: "refused", refusal: "There is no such key.", before: null },
  ]);
});

test("what is only looked at leaves no trail", async () => {
  await server.hq("/hq/v1/keys");
  await server.hq("/hq/v1/exceptions");
  expect(await trail()).toEqual([]);
});

test("a request that has not the form of its call changes nothing and leaves no trail", async () => {
  const answer = await server.hq("/hq/v1/keys", { method: "POST", body: { scope: "everything" } });
  expect(answer.status).toBe(400);
  expect(await trail()).toEqual([]);
});
