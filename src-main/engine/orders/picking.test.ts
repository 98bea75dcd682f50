import { beforeEach, describe, expect, test } from "vitest";
import { idOf, type LineId } from "#domain/ids.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { VerbParsedArgs } from "#protocol/till/contract.ts";
import { storeOrder } from "../testing/order-fixture.ts";
import { MUG, product, settingsWith, TEE_M, TEE_S, variant } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const ORDER = storeOrder();
const fulfilment = ORDER.id;
const MUG_CODE = "SKU-mug-v";
const TEE_CODE = "036000291452";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("orders", ORDER);
  await till.signIn("mira");
});

function scan(code: string) {
  return till.verbs.pickScan({ fulfilment, code });
}

async function scanAll(...codes: readonly string[]): Promise<void> {
  await till.verbs.startPicking({ fulfilment });
  for (const code of codes) await scan(code);
}

function finish(changes: Partial<VerbParsedArgs<"finishPicking">> = {}) {
  return till.verbs.finishPicking({ fulfilment, shelf: " A3 ", rest: null, substitutes: [], ...changes });
}

function counted(): readonly number[] {
  const [order] = till.shop.views.orders.current().orders;
  return order?.lines.map((line) => line.counted) ?? [];
}

describe("picking by scanning", () => {
  test("claims the order, counts each article, and is one entry when all is there", async () => {
    expect(await till.verbs.startPicking({ fulfilment })).toMatchObject({
      ok: true,
      value: { state: "picking", claimedBy: { name: "Mira Albers", isMine: true } },
    });
    await scan(MUG_CODE);
    await scan(TEE_CODE);
    await scan(MUG_CODE);
    expect(counted()).toEqual([2, 1]);
    expect(await finish()).toMatchObject({ ok: true, value: { state: "ready", shelf: "A3" } });
    expect(till.journal.facts("order.picked")).toEqual([
      {
        type: "order.picked",
        fulfilment,
        shelf: "A3",
        rest: null,
        lines: [
          { line: "l1", quantity: 2, substitute: null },
          { line: "l2", quantity: 1, substitute: null },
        ],
      },
    ]);
  });

  test("two quick scans of the same article both count", async () => {
    await till.verbs.startPicking({ fulfilment });
    await Promise.all([scan(MUG_CODE), scan(MUG_CODE)]);
    expect(counted()).toEqual([2, 0]);
  });

  test("a wrong article, an unknown code and one piece too many are refused and change nothing", async () => {
    await scanAll(TEE_CODE);
    expect(await scan("4006381333931")).toEqual({ ok: false, reason: "wrongItem" });
    expect(await scan("99999999")).toEqual({ ok: false, reason: "noSuchItem" });
    expect(await scan(TEE_CODE)).toEqual({ ok: false, reason: "overScan" });
    expect(counted()).toEqual([0, 1]);
  });

  test("pieces can be counted by hand, never above what was ordered", async () => {
    await till.verbs.startPicking({ fulfilment });
    const line = ORDER.lines[0]!.id;
    expect(await till.verbs.pickCount({ fulfilment, line, quantity: 3 })).toEqual({
      ok: false,
      reason: "overScan",
    });
    expect(await till.verbs.pickCount({ fulfilment, line, quantity: 2 })).toMatchObject({ ok: true });
    const nowhere: LineId = idOf<"Line">("nowhere");
    expect(await till.verbs.pickCount({ fulfilment, line: nowhere, quantity: 1 })).toEqual({
      ok: false,
      reason: "noSuchLine",
    });
    expect(counted()).toEqual([2, 0]);
  });

  test("what was counted survives a killed till", async () => {
    await scanAll(MUG_CODE, TEE_CODE);
    await till.restart();
    await till.signIn("mira");
    expect(counted()).toEqual([1, 1]);
    expect(await till.verbs.startPicking({ fulfilment })).toMatchObject({ ok: true });
    await scan(MUG_CODE);
    expect(await finish()).toMatchObject({ ok: true, value: { state: "ready" } });
    expect(await till.drafts.list("pick:")).toEqual([]);
  });

  test("a scan that the disk does not take does not count", async () => {
    await till.verbs.startPicking({ fulfilment });
    till.drafts.fail(new Error("ENOSPC"));
    expect(await scan(MUG_CODE)).toEqual({ ok: false, reason: "storage" });
    expect(counted()).toEqual([0, 0]);
  });

  test("a colleague sees who is picking, and does not pick the same order", async () => {
    await scanAll(MUG_CODE);
    await till.signIn("tarek");
    expect(await till.verbs.startPicking({ fulfilment })).toEqual({ ok: false, reason: "claimedByAnother" });
    expect(await scan(MUG_CODE)).toEqual({ ok: false, reason: "claimedByAnother" });
    expect(till.shop.views.orders.current().orders[0]?.claimedBy).toEqual({
      name: "Mira Albers",
      isMine: false,
    });
  });

  test("a claim can be given back, by anybody; then another picks", async () => {
    await scanAll(MUG_CODE);
    await till.signIn("tarek");
    expect(await till.verbs.stopPicking({ fulfilment })).toMatchObject({
      ok: true,
      value: { claimedBy: null },
    });
    expect(await till.verbs.startPicking({ fulfilment })).toMatchObject({ ok: true });
    expect(counted()).toEqual([0, 0]);
  });

  test("nothing is counted before somebody began", async () => {
    expect(await scan(MUG_CODE)).toEqual({ ok: false, reason: "notNow" });
    expect(await till.verbs.acceptOrder({ fulfilment })).toMatchObject({
      ok: true,
      value: { state: "accepted" },
    });
    expect(await till.verbs.acceptOrder({ fulfilment })).toEqual({ ok: false, reason: "notNow" });
  });
});

describe("a short pick", () => {
  test("asks what becomes of the rest", async () => {
    await scanAll(MUG_CODE, TEE_CODE);
    expect(await finish()).toEqual({ ok: false, reason: "choiceMissing" });
    expect(till.journal.facts("order.picked")).toEqual([]);
  });

  test.each([
    { rest: "refundRest", state: "ready", pieces: 2 },
    { rest: "rerouteRest", state: "ready", pieces: 2 },
    { rest: "askHq", state: "short", pieces: 3 },
  ] as const)("$rest: the order is $state", async ({ rest, state, pieces }) => {
    await scanAll(MUG_CODE, TEE_CODE);
    expect(await finish({ rest })).toMatchObject({ ok: true, value: { state, pieces } });
    expect(till.journal.facts("order.picked")[0]?.rest).toBe(rest);
  });

  test("another article takes the place of what is sold out", async () => {
    await scanAll(MUG_CODE, MUG_CODE);
    const { id: line } = ORDER.lines[1]!;
    await till.verbs.pickCount({ fulfilment, line, quantity: 1 });
    expect(await finish({ substitutes: [{ line, variant: TEE_M }] })).toMatchObject({
      ok: true,
      value: { state: "ready", lines: [{ isSubstitute: false }, { variant: TEE_M, isSubstitute: true }] },
    });
    const substitute = { variant: TEE_M, sku: "SKU-tee-m", name: "Baumwoll-T-Shirt" };
    expect(till.journal.facts("order.picked")[0]?.lines[1]).toEqual({ line, quantity: 1, substitute });
  });

  test("an article that nobody sells is no substitute", async () => {
    await scanAll(MUG_CODE, MUG_CODE);
    const substitutes = [{ line: ORDER.lines[1]!.id, variant: idOf<"Variant">("moon") }];
    expect(await finish({ substitutes })).toEqual({ ok: false, reason: "noSuchItem" });
  });

  test("nothing found at all is declined, with a reason, not picked", async () => {
    await scanAll();
    expect(await finish({ rest: "refundRest" })).toEqual({ ok: false, reason: "nothingPicked" });
    expect(await till.verbs.declineOrder({ fulfilment, reason: "sold out" })).toMatchObject({
      ok: true,
      value: { state: "declined", trace: [{}, { act: "declined", reason: "sold out" }] },
    });
  });

  test("a reason that was cut off within an emoji is written all the same", async () => {
    expect(await till.verbs.declineOrder({ fulfilment, reason: "sold out \ud83e" })).toMatchObject({
      ok: true,
    });
    expect(till.journal.facts("order.declined")[0]?.reason).toBe("sold out \ufffd");
  });

  test("the counts of an order that is cancelled meanwhile are forgotten", async () => {
    await scanAll(MUG_CODE);
    till.replica.put("orders", storeOrder({ fulfilment: { state: "cancelled" } }));
    till.journal.apply(till.journal.entries.length);
    await till.restart();
    expect(await till.drafts.list("pick:")).toEqual([]);
  });

  test("the rest of a choice that was not needed is not written", async () => {
    await scanAll(MUG_CODE, MUG_CODE, TEE_CODE);
    await finish({ rest: "refundRest" });
    expect(till.journal.facts("order.picked")[0]?.rest).toBeNull();
  });
});

test("the same article on two lines fills one after the other", async () => {
  const twice = storeOrder({
    number: "WEB-2",
    wanted: [
      { variant: MUG, quantity: 1, total: 850 },
      { variant: MUG, quantity: 2, total: 1_500 },
    ],
  });
  till.replica.put("orders", twice);
  await till.verbs.startPicking({ fulfilment: twice.id });
  for (let pieces = 0; pieces < 3; pieces += 1)
    expect(await till.verbs.pickScan({ fulfilment: twice.id, code: MUG_CODE })).toMatchObject({ ok: true });
  expect(await till.verbs.pickScan({ fulfilment: twice.id, code: MUG_CODE })).toMatchObject({
    reason: "overScan",
  });
});

describe("on paper", () => {
  test("the pick slip lists what to fetch; without a printer it says so", async () => {
    expect(await till.verbs.printPickSlip({ fulfilment })).toEqual({ ok: false, reason: "noPrinter" });
    await till.setUpPrinter();
    expect(await till.verbs.printPickSlip({ fulfilment })).toMatchObject({ ok: true });
    const texts = (till.printers[0]?.printed[0] ?? []).map(textOf);
    expect(texts).toContain("Pickzettel: Abholung im Laden");
    expect(texts).toContain("2 x Emaille-Becher");
    expect(texts).toContain("1 x Baumwoll-T-Shirt, S");
  });

  test.each([
    ["fr-FR", "Bon de préparation: Retrait en magasin", "2 x Emaille-Becher"],
    ["es-ES", "Hoja de preparación: Recogida en tienda", "2 x Emaille-Becher"],
    ["pl-PL", "Lista kompletacji: Odbiór w sklepie", "2 x Emaille-Becher"],
    ["ar-AE", "قائمة التجهيز: استلام من المتجر", "2 × Emaille-Becher"],
  ])("the pick slip speaks the language of a store of %s", async (locale, title, line) => {
    till.replica.put("settings", settingsWith({ locale }));
    await till.setUpPrinter();
    await till.verbs.printPickSlip({ fulfilment });
    const texts = (till.printers[0]?.printed[0] ?? []).map(textOf);
    expect(texts).toContain(title);
    expect(texts).toContain(line);
  });

  test("the shelf label is printed when the order is ready", async () => {
    await till.setUpPrinter();
    await scanAll(MUG_CODE, MUG_CODE, TEE_CODE);
    await finish();
    const texts = (till.printers[0]?.printed[0] ?? []).map(textOf);
    expect(texts).toEqual(["language", "WEB-1001", "Ada Brandt", "Fach A3", "WEB-1001"]);
  });
});

test("an article that HQ has taken off sale meanwhile is still shown by the name it was ordered under", async () => {
  till.replica.put("products", product("tee", { variants: [variant(TEE_M)] }));
  expect(till.shop.views.orders.current().orders[0]?.lines[1]).toMatchObject({
    name: "Baumwoll-T-Shirt",
    sku: "SKU-tee-s",
    variant: TEE_S,
  });
});

function textOf(row: ReceiptRow): string {
  if (row.kind === "rule") return "---";
  if ("text" in row) return row.text;
  return "left" in row ? row.left : row.kind;
}
