import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { euros, MUG, STANDARD, settingsWith, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

let till: TillInMemory;
beforeEach(async () => {
  till = await TillInMemory.open();
  await till.signIn("mira");
});

async function sell(): Promise<readonly ReceiptRow[]> {
  await till.verbs.addItem({ variant: MUG, quantity: 2 });
  await till.verbs.addItem({ variant: TEE_S, quantity: 1 });
  const mug = till.basket.lines[0]!;
  const discount = { kind: "percent", ppm: 100_000, reason: "Kratzer" } as const;
  await till.verbs.discountLine({ line: mug.id, discount });
  await till.verbs.takeCard({ amount: euros(1_000), approvalCode: "4711" });
  await till.verbs.takeCash({ tendered: euros(5_000) });
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  if (!sold.ok) throw new Error(sold.reason);
  return sold.value.receipt.rows;
}

/** A receipt as one reads it, with plain blanks. */
function read(rows: readonly ReceiptRow[]): string[] {
  return rows.map((row) => readRow(row).replace(/\s/g, " "));
}

function readRow(row: ReceiptRow): string {
  if (row.kind === "rule") return "---";
  if (row.kind === "qr") return row.label;
  if ("text" in row) return row.text;
  if (!("left" in row)) return row.kind;
  return row.right === "" ? row.left : `${row.left} | ${row.right}`;
}

describe("a receipt", () => {
  test("says in the store's language who sold what, for how much, with which tax", async () => {
    expect(read(await sell())).toEqual([
      "language",
      "Nordlicht",
      "Kreuzberg",
      "Oranienstr. 1",
      "10999 Berlin",
      "USt-IdNr. DE123456789",
      "Willkommen",
      "---",
      "Beleg BER1-03-000001",
      "24.11.2026, 10:30",
      "Es bediente Sie Mira Albers",
      "---",
      "Emaille-Becher | 17,00 €",
      "  2 x 8,50 €",
      "  Kratzer | -1,70 €",
      "Baumwoll-T-Shirt, S | 19,99 €",
      "---",
      "Zwischensumme | 36,99 €",
      "Rabatt | -1,70 €",
      "Summe | 35,29 €",
      "3 Artikel",
      "Karte | 10,00 €",
      "  Genehmigungsnr. 4711",
      "Bar | 50,00 €",
      "Rückgeld | 24,71 €",
      "---",
      "MwSt. 19 % auf netto 29,66 € | 5,63 €",
      "Danke und bis bald",
      "Für Rückgabe oder Umtausch: diesen Code scannen",
      "BER1-03-000001",
    ]);
  });

  test("where tax is added at the till, shows it before the total", async () => {
    till.replica.put(
      "settings",
      settingsWith({
        locale: "en-US",
        tax: {
          mode: "exclusive",
          rounding: "ticket",
          classes: [
            {
              id: STANDARD,
              name: "Standard",
              rates: [
                { id: "state", name: "State tax", ppm: 40_000 },
                { id: "city", name: "City tax", ppm: 45_000 },
              ],
            },
          ],
          cashRounding: { incrementMinor: 5 },
        },
      }),
    );
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    await till.verbs.takeCash({ tendered: euros(1_000) });
    const sold = await till.verbs.completeSale({ basket: till.basket.id });
    expect(read(sold.ok ? sold.value.receipt.rows : [])).toEqual(
      expect.arrayContaining([
        "State tax 4 % | €0.34",
        "City tax 4.5 % | €0.38",
        "Cash rounding | -€0.02",
        "Total | €9.20",
        "Change | €0.80",
      ]),
    );
  });

  test("can be looked up again later, also by a till that has lost its settings", async () => {
    await sell();
    const [latest] = await till.verbs.recentTickets({ limit: 1 });
    till.replica.remove("settings", "store-ber");
    const found = await till.verbs.receipt({ ticket: latest!.id });
    expect(found).toMatchObject({ ok: true, value: { copy: false, number: "BER1-03-000001" } });
    expect(read(found.ok ? found.value.rows : [])).toContain("Total | €35.29");
    expect(await till.verbs.receipt({ ticket: idOf<"Ticket">("none") })).toEqual({
      ok: false,
      reason: "noSuchTicket",
    });
  });
});

describe("recent sales", () => {
  test("come newest first and say whether the server has them", async () => {
    await sell();
    till.journal.acknowledge(till.journal.entries.length);
    await sell();
    expect(await till.verbs.recentTickets({ limit: 10 })).toMatchObject([
      { number: "BER1-03-000002", sent: false, pieces: 3, staffName: "Mira Albers", total: euros(3_529) },
      { number: "BER1-03-000001", sent: true },
    ]);
  });
});

describe("printing again", () => {
  test("gives a copy that says so, and the journal knows of it", async () => {
    await till.setUpPrinter();
    await sell();
    const { id } = (await till.verbs.recentTickets({ limit: 1 }))[0]!;
    const copy = await till.verbs.reprint({ ticket: id, kind: "copy" });
    expect(copy).toMatchObject({ ok: true, value: { copy: true } });
    expect(read(copy.ok ? copy.value.rows : [])[1]).toBe("KOPIE");
    expect(till.journal.facts("receipt.reprinted")).toEqual([{ type: "receipt.reprinted", ticket: id }]);
    expect(till.printers[0]?.printed).toHaveLength(2);
  });

  test("gives a gift receipt without any price, for whoever is given the goods", async () => {
    await till.setUpPrinter();
    await sell();
    const { id } = (await till.verbs.recentTickets({ limit: 1 }))[0]!;
    const gift = await till.verbs.reprint({ ticket: id, kind: "gift" });
    expect(gift).toMatchObject({ ok: true, value: { copy: false } });
    const lines = read(gift.ok ? gift.value.rows : []);
    expect(lines).toEqual(
      expect.arrayContaining(["Geschenkbeleg", "2 x Emaille-Becher", "Beleg BER1-03-000001"]),
    );
    expect(lines.join("\n")).not.toMatch(/€|\d,\d\d|Bar|Karte|Rabatt|Kratzer|MwSt|Mira/);
    expect(till.journal.facts("receipt.reprinted")).toHaveLength(1);
    expect(till.printers[0]?.printed).toHaveLength(2);
  });

  test("needs a printer, a ticket, a cashier and a disk", async () => {
    await sell();
    const { id } = (await till.verbs.recentTickets({ limit: 1 }))[0]!;
    expect(await till.verbs.reprint({ ticket: id, kind: "copy" })).toEqual({
      ok: false,
      reason: "noPrinter",
    });
    await till.setUpPrinter();
    expect(await till.verbs.reprint({ ticket: idOf<"Ticket">("none"), kind: "copy" })).toMatchObject({
      reason: "noSuchTicket",
    });
    till.journal.fail(new Error("ENOSPC"));
    expect(await till.verbs.reprint({ ticket: id, kind: "copy" })).toEqual({ ok: false, reason: "storage" });
    till.journal.fail(null);
    await till.verbs.signOut({});
    expect(await till.verbs.reprint({ ticket: id, kind: "copy" })).toEqual({
      ok: false,
      reason: "notSignedIn",
    });
    expect(till.printers[0]?.printed).toEqual([]);
  });
});
