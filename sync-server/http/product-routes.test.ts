import { PNG } from "pngjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { NO_DETAILS } from "#domain/product/catalogue-product.ts";
import {
  pictureAnswerSchema,
  productAnswerSchema,
  productHistoryAnswerSchema,
  removedProductsAnswerSchema,
  savedProductSchema,
} from "#protocol/hq/product.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../testing/shop.ts";

const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [] };
const MUG = product(idOf<"Variant">("mug"));

let server: HttpForTests;
beforeEach(async () => {
  server = await HttpForTests.open();
  await server.parts.deps.publisher.publish(async (publication) => {
    for (const store of [BERLIN, HAMBURG])
      await publication.putStore({ ...store, tax: { ...store.tax, classes: [STANDARD] } });
    await publication.putProduct(product(TEA));
    await publication.putProduct(product(CUP));
  });
});
afterEach(() => server.close());

const make = (wanted: object = MUG, details: object = NO_DETAILS) =>
  server.hq("/hq/v1/products", { method: "POST", body: { product: wanted, details } });
const read = async (id: string) =>
  productAnswerSchema.parse(await (await server.hq(`/hq/v1/products/${id}`)).json());
const save = (of: Awaited<ReturnType<typeof read>>, change: object) =>
  server.hq(`/hq/v1/products/${of.product.id}`, {
    method: "PUT",
    body: { ...of, product: { ...of.product, ...change } },
  });

test("a product that HQ makes can be read, changed and taken back, with its history", async () => {
  expect((await make()).status).toBe(201);
  const made = await read(MUG.id);
  expect(made.product).toEqual(MUG);
  const saved = savedProductSchema.parse(await (await save(made, { title: "Green mug" })).json());
  expect(saved.version).not.toBe(made.version);
  const history = productHistoryAnswerSchema.parse(
    await (await server.hq(`/hq/v1/products/${MUG.id}/history`)).json(),
  );
  expect(history.entries).toMatchObject([
    { cursor: saved.entry, changes: [{ field: "title", from: MUG.title, to: "Green mug" }] },
    { created: true },
  ]);
  const undone = await server.hq(`/hq/v1/products/${MUG.id}/history/${saved.entry}/undo`, { method: "POST" });
  expect(undone.status).toBe(200);
  expect((await read(MUG.id)).product.title).toBe(MUG.title);
});

test("what is wrong is said at its field", async () => {
  const answer = await make({ ...MUG, handle: "tea", title: " " });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ details: ["title empty", "handle taken tea"] });
});

test("whoever saves an older version is told that somebody was faster", async () => {
  const tea = await read(product(TEA).id);
  await save(tea, { title: "Green tea" });
  expect(await refusalOf(await save(tea, { title: "Black tea" }))).toEqual({
    status: 409,
    reason: "conflict",
  });
  expect((await read(tea.product.id)).product.title).toBe("Green tea");
});

test("a product that was never sold is deleted", async () => {
  const { id } = product(TEA);
  expect((await server.hq(`/hq/v1/products/${id}`, { method: "DELETE" })).status).toBe(200);
  expect((await server.hq(`/hq/v1/products/${id}`)).status).toBe(404);
});

test("what was deleted is listed, comes back by its history, and says in words why it cannot", async () => {
  const { id, variants } = product(TEA);
  await server.hq(`/hq/v1/products/${id}`, { method: "DELETE" });
  const list = async () =>
    removedProductsAnswerSchema.parse(await (await server.hq("/hq/v1/products/removed")).json()).products;
  const [gone] = await list();
  expect(gone).toMatchObject({ id, title: "A tea", skus: [variants[0]!.sku] });
  const undo = () => server.hq(`/hq/v1/products/${id}/history/${gone!.entry}/undo`, { method: "POST" });
  await make(MUG);
  await save(await read(MUG.id), { variants: [{ ...MUG.variants[0], sku: variants[0]!.sku }] });
  const refused = await undo();
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { details: [variants[0]!.sku], message: expect.stringContaining("Another product was given SKU-tea") },
  ]);
  await save(await read(MUG.id), { variants: MUG.variants });
  expect((await undo()).status).toBe(200);
  expect((await read(id)).product).toEqual(product(TEA));
  expect(await list()).toEqual([]);
});

test("attributes that the retailer gave itself are asked for at every product, and a value has to fit", async () => {
  const attributes = [{ id: "material", name: "Material", kind: "choice", unit: "", choices: ["clay"] }];
  await server.hq("/hq/v1/attributes", { method: "PUT", body: { attributes } });
  const choices = await (await server.hq("/hq/v1/products/choices")).json();
  expect(choices).toMatchObject({ attributes, taxClasses: [{ id: "standard" }], brands: ["Fennholm"] });
  const wrong = await make(MUG, { ...NO_DETAILS, attributes: { material: "gold" } });
  expect(await wrong.json()).toMatchObject({ details: ["attributes.material unknown gold"] });
  expect((await make(MUG, { ...NO_DETAILS, attributes: { material: "clay" } })).status).toBe(201);
});

const upload = (bytes: Buffer, type: string) =>
  fetch(`${server.address}/hq/v1/pictures`, {
    method: "POST",
    headers: { authorization: "Bearer hq_a-key-that-only-the-tests-know", "content-type": type },
    body: new Uint8Array(bytes),
  });

test("a picture that was uploaded is on the product and comes from the address that tills ask", async () => {
  const answer = await upload(PNG.sync.write(new PNG({ width: 40, height: 40 })), "image/jpeg");
  const { till, detail } = pictureAnswerSchema.parse(await answer.json());
  const pictures = [{ till, detail, alt: "A mug" }];
  expect((await make(MUG, { ...NO_DETAILS, pictures })).status).toBe(201);
  expect((await read(MUG.id)).product.image).toBe(till);
  const { token } = await server.pair();
  const served = await server.ask(`/sync/v1/pictures/${till}`, { token });
  expect(served.headers.get("content-type")).toBe("image/webp");
});

test("what is no picture, or larger than 10 MB, is refused", async () => {
  expect(await refusalOf(await upload(Buffer.from("hello"), "image/png"))).toEqual({
    status: 400,
    reason: "badRequest",
  });
  expect(await refusalOf(await upload(Buffer.alloc(10 * 1024 * 1024 + 1), "image/png"))).toEqual({
    status: 413,
    reason: "tooLarge",
  });
});

test("how a product is sold is in its history as well, and can be taken back", async () => {
  const { id } = product(TEA);
  const body = { soldBy: "weight" };
  expect((await server.hq("/hq/v1/products/tea/extras", { method: "PUT", body })).status).toBe(200);
  const answer = await server.hq(`/hq/v1/products/${id}/history`);
  const { entries } = productHistoryAnswerSchema.parse(await answer.json());
  expect(entries).toMatchObject([{ changes: [{ field: "soldBy", from: null, to: "weight" }] }]);
  await server.hq(`/hq/v1/products/${id}/history/${entries[0]?.cursor}/undo`, { method: "POST" });
  expect((await read(id)).product).toEqual(product(TEA));
});
