import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { MAX_PHOTO_BYTES } from "#domain/cases/case.ts";
import { casePoliciesAnswerSchema, casesAnswerSchema, hqCaseSchema } from "#protocol/hq/cases.ts";
import { makeKeyAnswerSchema } from "#protocol/hq/keys.ts";
import { shopCasesAnswerSchema } from "#protocol/shop/case.ts";
import { casesFoundSchema } from "#protocol/sync/cases.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { customer } from "../testing/shop.ts";

const ADA = customer("Ada");

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.deps.publisher.publish((publication) => publication.putCustomer(ADA));
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });

async function opened(changes: Record<string, unknown> = {}) {
  const answer = await post("/hq/v1/cases", {
    kind: "repair",
    store: "BER1",
    customer: ADA.id,
    product: { variant: null, sku: null, name: "Oak lamp", options: [] },
    fault: "Does not light",
    by: "Hanna",
    ...changes,
  });
  expect(answer.status).toBe(201);
  return hqCaseSchema.parse(await answer.json());
}

async function shopKey(channels: readonly string[] = []): Promise<string> {
  const made = await post("/hq/v1/keys", { scope: "shop", name: "shop", channels });
  return makeKeyAnswerSchema.parse(await made.json()).key;
}

describe("HQ's cases", () => {
  test("are listed with their customer's name, narrowed by words, and opened one by one with a photo", async () => {
    const bytes = Buffer.from("a photo");
    const one = await opened({ photos: [{ mime: "image/jpeg", bytes: bytes.toString("base64") }] });
    await opened({ customer: null, product: { variant: null, sku: null, name: "Tea pot", options: [] } });
    const list = async (query: string) =>
      casesAnswerSchema.parse(await (await http.hq(`/hq/v1/cases${query}`)).json());
    expect((await list("")).total).toBe(2);
    expect((await list("?search=ada")).cases).toMatchObject([
      { id: one.case.id, customerName: "Ada", store: "BER1", productName: "Oak lamp" },
    ]);
    expect((await list("?store=HAM1")).cases).toEqual([]);
    const hash = createHash("sha256").update(bytes).digest("hex");
    expect(one.case.photos).toEqual([hash]);
    const picture = await http.hq(`/hq/v1/pictures/${hash}`);
    expect(picture.headers.get("content-type")).toBe("image/jpeg");
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(bytes);
  });

  test("go on act by act; what makes no sense is refused in words", async () => {
    const { case: one } = await opened();
    const acts = `/hq/v1/cases/${one.id}/acts`;
    const after = await post(acts, { to: "waitingForSupplier", note: "Sent away", by: "Hanna" });
    expect(hqCaseSchema.parse(await after.json()).case).toMatchObject({ status: "waitingForSupplier" });
    expect(await refusalOf(await post(acts, { to: "open", by: "Hanna" }))).toMatchObject({ status: 409 });
    expect(await refusalOf(await post(acts, { to: "closed", by: "Hanna" }))).toMatchObject({ status: 400 });
    expect(await refusalOf(await post("/hq/v1/cases/none/acts", { note: "x", by: "H" }))).toMatchObject({
      status: 404,
    });
  });

  test("a photo that is too large is refused, and so is whoever has no HQ key", async () => {
    const photos = [{ mime: "image/jpeg", bytes: "A".repeat(Math.ceil((MAX_PHOTO_BYTES + 10) / 3) * 4) }];
    const body = { kind: "repair", store: "BER1", fault: "x", by: "H", product: {}, photos };
    expect(await refusalOf(await post("/hq/v1/cases", body))).toMatchObject({ reason: "badRequest" });
    expect(await refusalOf(await http.ask("/hq/v1/cases", { token: await shopKey() }))).toMatchObject({
      reason: "forbidden",
    });
  });
});

test("within how many days a store's customers hear is HQ's word, and its tills follow it", async () => {
  const policy = { deadlineDays: { complaint: 2, warranty: 30, repair: 9 } };
  const put = (code: string, body: unknown) =>
    http.hq(`/hq/v1/stores/${code}/cases`, { method: "PUT", body });
  expect(await (await put("BER1", policy)).json()).toMatchObject({ code: "BER1", policy });
  const { stores } = casePoliciesAnswerSchema.parse(await (await http.hq("/hq/v1/case-policies")).json());
  expect(stores.map(({ policy: { deadlineDays } }) => deadlineDays.complaint)).toEqual([2, 7]);
  const till = await http.pair();
  const pulled = await http.ask("/sync/v1/replica/settings?limit=10", { token: till.token });
  expect(JSON.stringify(await pulled.json())).toContain('"complaint":2');
  expect(await refusalOf(await put("XX9", policy))).toMatchObject({ reason: "notFound" });
  const never = { deadlineDays: { ...policy.deadlineDays, repair: 0 } };
  expect(await refusalOf(await put("BER1", never))).toMatchObject({ reason: "badRequest" });
});

describe("a web shop", () => {
  test("sees where its customer's cases stand, and nothing of notes and names", async () => {
    const { case: one } = await opened();
    await post(`/hq/v1/cases/${one.id}/acts`, { to: "inProgress", note: "A difficult one", by: "Hanna" });
    const asked = await http.ask(`/shop/v1/customers/${ADA.id}/cases`, { token: await shopKey() });
    const text = await asked.text();
    expect(shopCasesAnswerSchema.parse(JSON.parse(text)).cases).toMatchObject([
      { number: "C-HQ-000001", status: "inProgress", steps: [{ status: "inProgress" }] },
    ]);
    expect(text).not.toContain("difficult");
    expect(text).not.toContain("Hanna");
  });

  test("with a key of one channel sees only what is about that channel's orders", async () => {
    await opened();
    const asked = await http.ask(`/shop/v1/customers/${ADA.id}/cases`, { token: await shopKey(["web"]) });
    expect(await asked.json()).toEqual({ cases: [] });
  });
});

test("a till finds the cases of another store, by words or by customer, and none without its token", async () => {
  const { case: one } = await opened();
  const hamburg = await http.pair("HAM1");
  const find = async (query: string) =>
    casesFoundSchema.parse(await (await http.ask(`/sync/v1/cases?${query}`, hamburg)).json()).cases;
  expect(await find("search=lamp")).toMatchObject([
    { case: { id: one.id }, customerName: "Ada", storeName: "Berlin Mitte" },
  ]);
  expect(await find(`customer=${ADA.id}`)).toHaveLength(1);
  expect(await refusalOf(await http.ask("/sync/v1/cases", hamburg))).toMatchObject({ reason: "badRequest" });
  expect(await refusalOf(await http.ask("/sync/v1/cases?search=x"))).toMatchObject({
    reason: "unauthorised",
  });
});
