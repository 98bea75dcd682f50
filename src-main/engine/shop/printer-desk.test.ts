import { beforeEach, describe, expect, test } from "vitest";
import { idOf, type PrinterId } from "#domain/ids.ts";
import type { FoundPrinter } from "#protocol/till/devices.ts";
import { JOHANNA, PINS, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const WORD = { manager: JOHANNA.id, pin: PINS.johanna };
const LABELS = { id: "zpl-203", name: "ZPL", columns: 42, labelsOnly: true } as const;
const ROLL = { id: "epson-tm-t20iii", name: "Epson TM-T20III", columns: 48, labelsOnly: false } as const;
const GONE = idOf<"Printer">("gone");

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.printerCatalogue = { models: [ROLL, LABELS], find: async () => undefined };
  await till.restart();
  await till.signIn("mira");
});

function shown() {
  return till.shop.views.printers.current();
}

async function sellTee(): Promise<void> {
  await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  await till.verbs.takeCash({ tendered: till.basket.due });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
}

describe("setting printers up", () => {
  test("takes somebody who may, or their word; what was set up survives a restart and can be taken away", async () => {
    const setup = {
      name: "Counter",
      model: ROLL.id,
      columns: 48,
      purposes: ["receipt"],
      drawer: "pin2",
    } as const;
    const link = { kind: "network", host: "10.0.0.9", port: 9_100 } as const;
    const asked = { ...setup, purposes: [...setup.purposes], id: null, link };
    expect(await till.verbs.setUpPrinter({ ...asked, approval: null })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    const set = await till.verbs.setUpPrinter({ ...asked, approval: WORD });
    if (!set.ok) throw new Error(set.reason);
    await till.restart();
    expect(shown().printers).toEqual([
      { ...asked, id: set.value.printer, queued: 0, state: "ready", trouble: null },
    ]);
    await till.signIn("mira");
    const { printer } = set.value;
    expect(await till.verbs.removePrinter({ printer, approval: null })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    expect(await till.verbs.removePrinter({ printer, approval: WORD })).toEqual({ ok: true, value: {} });
    expect(shown().printers).toEqual([]);
    const allowed = { type: "action.approved", permission: "devices.setUp", approvedBy: "johanna" };
    expect(till.journal.entries.map(({ fact }) => fact).filter(({ type }) => type === allowed.type)).toEqual([
      { ...allowed, what: "Counter" },
      { ...allowed, what: "Counter" },
    ]);
    expect(till.printers.every(({ closed }) => closed)).toBe(true);
    expect(await till.verbs.removePrinter({ printer, approval: WORD })).toEqual({
      ok: false,
      reason: "noSuchPrinter",
    });
  });

  test("the one printer of an earlier version goes on printing receipts, with its drawer", async () => {
    await till.drafts.put("printer", { host: "192.168.1.50", port: 9_100, columns: 42 });
    await till.restart();
    await till.signIn("mira");
    expect(shown().printers).toMatchObject([
      {
        link: { kind: "network", host: "192.168.1.50", port: 9_100 },
        columns: 42,
        purposes: ["receipt"],
        drawer: "pin2",
      },
    ]);
    await till.setUpPrinter({ name: "Stockroom", purposes: ["pickSlip"], drawer: "none" });
    expect((await till.drafts.get("printer")) ?? null).toBeNull();
    await till.restart();
    expect(shown().printers.map(({ name }) => name)).toEqual(["192.168.1.50:9100", "Stockroom"]);
  });

  test("a label printer is given labels only, and a model that nobody knows is refused", async () => {
    await expect(till.setUpPrinter({ model: LABELS.id, purposes: ["receipt"] })).rejects.toThrow(
      "printsLabelsOnly",
    );
    await expect(till.setUpPrinter({ model: "typewriter" })).rejects.toThrow("unknownModel");
    await expect(till.setUpPrinter({ id: GONE })).rejects.toThrow("noSuchPrinter");
    await till.setUpPrinter({ model: LABELS.id, purposes: ["label"] });
  });

  test("a till has room for twelve printers", async () => {
    for (let count = 0; count < 12; count += 1) await till.setUpPrinter();
    await expect(till.setUpPrinter()).rejects.toThrow("tooManyPrinters");
  });

  test("what waits at a printer waits on when its address is set right", async () => {
    const id = await till.setUpPrinter();
    till.printers[0]!.breakDown("unreachable");
    await sellTee();
    await till.setUpPrinter({ id, link: { kind: "network", host: "10.0.0.10", port: 9_100 } });
    expect(shown().printers).toMatchObject([{ id, queued: 0, link: { host: "10.0.0.10" } }]);
    expect(till.printers[1]!.printed).toHaveLength(1);
  });

  test("a test page says what keeps the printer from printing", async () => {
    const printer = await till.setUpPrinter({ columns: 32 });
    expect(await till.verbs.testPrinter({ printer })).toEqual({ ok: true, value: {} });
    expect(till.printers[0]!.printed[0]).toContainEqual(
      expect.objectContaining({ left: "12345678901234567890123456789012" }),
    );
    till.printers[0]!.breakDown("outOfPaper");
    expect(await till.verbs.testPrinter({ printer })).toEqual({ ok: false, reason: "outOfPaper" });
    expect(await till.verbs.testPrinter({ printer: GONE })).toEqual({ ok: false, reason: "noSuchPrinter" });
  });
});

describe("a printer that fails", () => {
  let broken: PrinterId;
  beforeEach(async () => {
    broken = await till.setUpPrinter();
    till.printers[0]!.breakDown("outOfPaper");
    await sellTee();
    await sellTee();
  });

  test("stops no sale: the receipts wait, and it says what is wrong", () => {
    expect(shown().printers).toMatchObject([{ queued: 2, state: "failing", trouble: "outOfPaper" }]);
  });

  test("gives what waits to another printer, once", async () => {
    const to = await till.setUpPrinter({ purposes: [] });
    expect(await till.verbs.printOn({ from: broken, to })).toEqual({ ok: true, value: { documents: 2 } });
    expect(till.printers[1]!.printed).toHaveLength(2);
    till.printers[0]!.repair();
    expect(till.printers[0]!.printed).toEqual([]);
    expect(await till.verbs.printOn({ from: broken, to: GONE })).toEqual({
      ok: false,
      reason: "noSuchPrinter",
    });
  });

  test("gives no receipts to a label printer", async () => {
    const to = await till.setUpPrinter({ model: LABELS.id, purposes: ["label"] });
    expect(await till.verbs.printOn({ from: broken, to })).toEqual({ ok: false, reason: "printsLabelsOnly" });
    expect(shown().printers[0]!.queued).toBe(2);
  });

  test("a second receipt printer prints what is sold from now on", async () => {
    await till.setUpPrinter();
    await sellTee();
    expect(till.printers[1]!.printed).toHaveLength(1);
  });

  test("what waits can be dropped; the receipts are in the journal and can be printed again", async () => {
    expect(await till.verbs.cancelPrints({ printer: broken })).toEqual({ ok: true, value: { documents: 2 } });
    till.printers[0]!.repair();
    expect(till.printers[0]!.printed).toEqual([]);
    const [last] = await till.verbs.recentTickets({ limit: 1 });
    expect(await till.verbs.reprint({ ticket: last!.id, kind: "copy" })).toMatchObject({ ok: true });
    expect(till.printers[0]!.printed).toHaveLength(1);
  });
});

describe("looking for printers", () => {
  const FOUND: FoundPrinter = {
    link: { kind: "network", host: "10.0.0.20", port: 9_100 },
    name: "EPSON TM-T20III",
    model: ROLL.id,
  };

  test("shows each as it is found, until everywhere was looked", async () => {
    const search: { found?: (printer: FoundPrinter) => void; end?: () => void } = {};
    till.printerCatalogue = {
      models: [],
      find: (onFound) => {
        search.found = onFound;
        return new Promise((resolve) => {
          search.end = resolve;
        });
      },
    };
    await till.restart();
    expect(await till.verbs.findPrinters({ on: true })).toEqual({ ok: false, reason: "notSignedIn" });
    await till.signIn("mira");
    await till.verbs.findPrinters({ on: true });
    expect(shown()).toMatchObject({ finding: true, found: [] });
    search.found?.(FOUND);
    expect(shown()).toMatchObject({ finding: true, found: [FOUND] });
    await till.verbs.findPrinters({ on: false });
    search.found?.(FOUND);
    expect(shown()).toMatchObject({ finding: false, found: [FOUND] });
    await till.verbs.findPrinters({ on: true });
    expect(shown().found).toEqual([]);
    const ended = new Promise<void>((resolve) => {
      till.shop.views.printers.watch(() => {
        if (!shown().finding) resolve();
      });
    });
    search.end?.();
    await ended;
  });
});

describe("labels", () => {
  test("a label of an article comes out of the label printer, else of the receipt printer", async () => {
    expect(await till.verbs.printLabel({ variant: TEE_S, copies: 1 })).toEqual({
      ok: false,
      reason: "noPrinter",
    });
    await till.setUpPrinter();
    expect(await till.verbs.printLabel({ variant: TEE_S, copies: 2 })).toEqual({ ok: true, value: {} });
    expect(till.printers[0]!.printed).toHaveLength(2);
    await till.setUpPrinter({ model: LABELS.id, purposes: ["label"] });
    await till.verbs.printLabel({ variant: TEE_S, copies: 1 });
    expect(till.printers[1]!.printed[0]).toContainEqual({ kind: "barcode", text: "036000291452" });
    const nothing = idOf<"Variant">("nothing");
    expect(await till.verbs.printLabel({ variant: nothing, copies: 1 })).toEqual({
      ok: false,
      reason: "noSuchItem",
    });
  });
});
