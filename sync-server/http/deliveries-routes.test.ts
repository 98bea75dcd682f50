import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  deliveriesAnswerSchema,
  hqDeliverySchema,
  reservationsAnswerSchema,
} from "#protocol/hq/deliveries.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";
import { reservationsOf } from "./reservation-rows.ts";

let server: HttpForTests;
let bench: OrderBench;
let sku: string;
beforeEach(async () => {
  server = await HttpForTests.open();
  bench = new OrderBench(server.parts.deps);
  await bench.stock(BERLIN, TEA, 5);
  const product = await server.parts.storage.read((tx) => tx.productWith(TEA));
  sku = product!.variants[0]!.sku;
});
afterEach(() => server.close());

const want = (changes: object = {}) =>
  server.hq("/hq/v1/deliveries", {
    method: "POST",
    body: {
      reference: "LS-4711",
      supplier: "Tea House",
      to: "HAM1",
      expectedOn: "2026-12-01",
      lines: [{ sku, pieces: 12 }],
      ...changes,
    },
  });
const list = async (query = "") =>
  deliveriesAnswerSchema.parse(await (await server.hq(`/hq/v1/deliveries${query}`)).json());

describe("an ERP that says what a supplier is to bring", () => {
  test("makes one delivery for each reference, however often it says so", async () => {
    const first = hqDeliverySchema.parse(await (await want()).json());
    expect(first.delivery).toMatchObject({ state: "expected", kind: "supplier", toName: HAMBURG.name });
    const again = await want();
    expect(again.status).toBe(201);
    expect(hqDeliverySchema.parse(await again.json()).id).toBe(first.id);
    const other = await want({ lines: [{ sku, pieces: 13 }] });
    expect(other.status).toBe(409);
    expect((await want({ supplier: "Pot House", draft: true })).status).toBe(201);
    expect(await list("?filter=expected")).toMatchObject({
      total: 1,
      deliveries: [{ reference: "LS-4711", ordered: 12, to: "HAM1" }],
    });
  });

  test("makes one delivery for each id of its own, and no other under it", async () => {
    const id = "0199c3a0-0000-7000-8000-000000000001";
    const asked = { id, reference: undefined };
    const made = hqDeliverySchema.parse(await (await want(asked)).json());
    expect(made.id).toBe(id);
    expect(hqDeliverySchema.parse(await (await want(asked)).json())).toEqual(made);
    expect((await want({ ...asked, lines: [{ sku, pieces: 13 }] })).status).toBe(409);
    expect(await list("?filter=all")).toMatchObject({ total: 1 });
  });

  test("is told which articles nobody knows, and of stores that are not there", async () => {
    const unknown = await want({ lines: [{ sku: "NOBODY", pieces: 1 }] });
    expect([unknown.status, await unknown.json()]).toMatchObject([400, { details: ["NOBODY"] }]);
    expect((await want({ to: "NOPE" })).status).toBe(404);
    expect((await want({ from: "HAM1" })).status).toBe(400);
    expect((await want({ lines: [] })).status).toBe(400);
  });
});

test("a person acts under their own name, whoever they say they are; a program says whom it acts for", async () => {
  const ada = await server.as("merchandiser");
  const body = {
    reference: "LS-1",
    supplier: "Tea House",
    to: "HAM1",
    expectedOn: "2026-12-01",
    lines: [{ sku, pieces: 1 }],
    by: "Somebody Else",
  };
  const made = await ada("/hq/v1/deliveries", { method: "POST", body });
  const { id } = hqDeliverySchema.parse(await made.json());
  const act = { act: { kind: "cancelled", reason: "too late" }, by: "Somebody Else" };
  await ada(`/hq/v1/deliveries/${id}/acts`, { method: "POST", body: act });
  const told = await (await ada(`/hq/v1/deliveries/${id}`)).text();
  expect(told).toContain("Mx merchandiser");
  expect(told).not.toContain("Somebody Else");
  expect(await (await want({ reference: "LS-2", by: "Mira of the office" })).text()).toContain(
    "Mira of the office",
  );
});

test("deliveries are listed by store, state, kind and what is in them", async () => {
  await want();
  await want({ reference: "T-1", from: "BER1", supplier: "", draft: true });
  const references = async (query: string) =>
    (await list(query)).deliveries.map(({ reference }) => reference);
  expect(await references("?filter=draft")).toEqual(["T-1"]);
  expect(await references("?kind=supplier")).toEqual(["LS-4711"]);
  expect(await references("?store=BER1")).toEqual(["T-1"]);
  expect(await references("?search=tea%20house")).toEqual(["LS-4711"]);
  expect((await server.hq("/hq/v1/deliveries?store=NOPE")).status).toBe(404);
});

test("HQ confirms a draft and cancels with a reason; what went on meanwhile is not done again, and the audit log has all of it", async () => {
  const { id } = hqDeliverySchema.parse(await (await want({ draft: true })).json());
  const act = (body: object) =>
    server.hq(`/hq/v1/deliveries/${id}/acts`, { method: "POST", body: { act: body } });
  expect(await (await act({ kind: "confirmed" })).json()).toMatchObject({ row: { state: "expected" } });
  expect((await act({ kind: "cancelled", reason: " " })).status).toBe(400);
  const cancelled = await (await act({ kind: "cancelled", reason: "Out of business" })).json();
  expect(cancelled).toMatchObject({ row: { state: "cancelled" } });
  expect((await act({ kind: "cancelled", reason: "Again" })).status).toBe(409);
  expect((await server.hq("/hq/v1/deliveries/nope")).status).toBe(404);
  const trail = await server.parts.storage.read((tx) =>
    tx.trail({ before: null, limit: 9, subject: { kind: "delivery", id } }),
  );
  expect(trail.map(({ outcome }) => outcome)).toEqual(["refused", "done", "done", "done"]);
  expect(trail[1]).toMatchObject({ before: { state: "expected" }, after: { state: "cancelled" } });
});

test("HQ changes and deletes a draft; whoever comes second is told in words, and the audit log has before and after", async () => {
  const made = hqDeliverySchema.parse(await (await want({ draft: true })).json());
  const path = `/hq/v1/deliveries/${made.id}`;
  const put = (changes: object) =>
    server.hq(path, {
      method: "PUT",
      body: {
        reference: "LS-4711",
        supplier: "Tea House",
        to: "HAM1",
        lines: [{ sku, pieces: 12 }],
        version: made.version,
        ...changes,
      },
    });
  const changed = hqDeliverySchema.parse(await (await put({ to: "BER1", note: "By train" })).json());
  expect(changed).toMatchObject({ row: { to: "BER1" }, delivery: { note: "By train", expectedOn: null } });
  expect((await list("?store=HAM1")).total).toBe(0);
  const late = await put({ note: "By ship" });
  expect([late.status, await late.json()]).toMatchObject([
    409,
    { details: ["changedMeanwhile"], message: expect.stringContaining("meanwhile") },
  ]);
  expect((await put({ version: changed.version, from: "HAM1" })).status).toBe(400);
  expect((await server.hq(`${path}?version=${made.version}`, { method: "DELETE" })).status).toBe(409);
  expect((await server.hq(`${path}?version=${changed.version}`, { method: "DELETE" })).status).toBe(200);
  expect((await server.hq(path)).status).toBe(404);
  const trail = await server.parts.storage.read((tx) =>
    tx.trail({ before: null, limit: 9, subject: { kind: "delivery", id: made.id } }),
  );
  expect(trail).toMatchObject([
    { outcome: "done", before: { note: "By train" }, after: null },
    { outcome: "refused" },
    { outcome: "refused" },
    { outcome: "refused" },
    { outcome: "done", before: { note: "" }, after: { note: "By train" } },
    { outcome: "done" },
  ]);
});

describe("why so many are available", () => {
  test("is on hand less what is promised to orders, with the order behind each, and what is on its way", async () => {
    const { order } = await bench.place();
    await want({ to: "BER1" });
    const path = `/hq/v1/reservations?sku=${sku}`;
    const answer = reservationsAnswerSchema.parse(await (await server.hq(path)).json());
    const pieces = answer.reservations[0]?.pieces ?? 0;
    expect(answer.reservations).toMatchObject([
      { store: "BER1", sku, order: order.id, number: order.number },
    ]);
    expect(answer.figures).toMatchObject([
      { store: "BER1", onHand: 5, reserved: pieces, available: 5 - pieces, incoming: 12, inTransit: 0 },
    ]);
    expect((await server.hq("/hq/v1/reservations?sku=NOBODY")).status).toBe(404);
  });

  test("is told a store manager of their own stores alone", async () => {
    await bench.place();
    const of = (stores: readonly (typeof BERLIN)[]) =>
      server.parts.storage.read((tx) =>
        reservationsOf(
          tx,
          { stores: stores.map(({ store }) => store) },
          { sku: undefined, offset: 0, limit: 9 },
        ),
      );
    expect((await of([BERLIN])).total).toBe(1);
    expect(await of([HAMBURG])).toMatchObject({ total: 0, reservations: [] });
  });
});
