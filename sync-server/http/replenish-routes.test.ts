import { afterEach, beforeEach, expect, test } from "vitest";
import { hqDeliverySchema } from "#protocol/hq/deliveries.ts";
import { proposalsAnswerSchema, reorderRulesAnswerSchema } from "#protocol/hq/replenish.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { OrderBench } from "../testing/orders.ts";
import { BERLIN, HAMBURG, TEA } from "../testing/shop.ts";

let server: HttpForTests;
let bench: OrderBench;
let sku: string;
beforeEach(async () => {
  server = await HttpForTests.open();
  bench = new OrderBench(server.parts.deps);
  await bench.stock(BERLIN, TEA, 2);
  await bench.stock(HAMBURG, TEA, 20);
  sku = (await server.parts.storage.read((tx) => tx.productWith(TEA)))!.variants[0]!.sku;
});
afterEach(() => server.close());

const put = (rule: object | null, changes: object = {}) =>
  server.hq("/hq/v1/reorder-rules", {
    method: "PUT",
    body: { subject: { kind: "article", sku }, store: null, rule, ...changes },
  });
const proposals = async (store = "BER1") =>
  proposalsAnswerSchema.parse(await (await server.hq(`/hq/v1/replenishment?store=${store}`)).json());

test("a store that is low gets a proposal that says why, and none more once a delivery is on its way", async () => {
  expect((await proposals()).total).toBe(0);
  expect((await put({ reorderPoint: 4, target: 10, pack: 6 })).status).toBe(200);
  expect(await proposals()).toMatchObject({
    total: 1,
    proposals: [
      {
        sku,
        onHand: 2,
        free: 2,
        incoming: 0,
        soldPerWeek: 0,
        target: 10,
        proposed: 12,
        spare: [{ store: "HAM1", pieces: 10 }],
      },
    ],
  });
  expect((await proposals("HAM1")).total).toBe(0);
  const wanted = { from: "HAM1", to: "BER1", lines: [{ sku, pieces: 10 }] };
  const made = await server.hq("/hq/v1/deliveries", { method: "POST", body: wanted });
  expect(hqDeliverySchema.parse(await made.json()).row).toMatchObject({
    state: "expected",
    kind: "transfer",
  });
  expect((await proposals()).total).toBe(0);
});

test("the table to take away says the same", async () => {
  await put({ reorderPoint: 4, target: 10, pack: 6 });
  const csv = await (await server.hq("/hq/v1/replenishment/csv?store=BER1")).text();
  const [heading = "", row = ""] = csv.split("\r\n");
  expect(heading).toContain("proposed");
  expect(row).toMatch(new RegExp(`^BER1,${sku},.*,2,0,0,2,0,0,4,10,6,12$`));
});

test("a rule that cannot be followed is refused; one that is taken away holds no more; all of it is in the audit log", async () => {
  const wrong = await put({ reorderPoint: 4, target: 4, pack: 1 });
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { details: ["notAbovePoint"] }]);
  expect(
    (await put({ reorderPoint: 4, target: 9, pack: 1 }, { subject: { kind: "article", sku: "NOBODY" } }))
      .status,
  ).toBe(404);
  expect((await put({ reorderPoint: 4, target: 9, pack: 1 }, { store: "NOPE" })).status).toBe(404);
  await put({ reorderPoint: 4, target: 9, pack: 1 }, { store: "BER1" });
  const rules = async () =>
    reorderRulesAnswerSchema.parse(await (await server.hq("/hq/v1/reorder-rules")).json());
  expect(await rules()).toMatchObject({
    total: 1,
    rules: [{ subject: { kind: "article", sku }, store: "BER1", target: 9 }],
  });
  await put(null, { store: "BER1" });
  expect((await rules()).total).toBe(0);
  const trail = await server.parts.storage.read((tx) =>
    tx.trail({ before: null, limit: 9, subject: { kind: "reorderRule", id: `${sku} BER1` } }),
  );
  expect(trail).toMatchObject([
    { before: { target: 9 }, after: null },
    { before: null, after: { target: 9 } },
  ]);
});
