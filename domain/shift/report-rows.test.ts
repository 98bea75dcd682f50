import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { RECEIPT_LANGUAGES } from "../receipt/language.ts";
import type { ReceiptRow } from "../receipt/row.ts";
import type { StoreSettings } from "../store/store.ts";
import {
  closedWith,
  entriesOf,
  factOf,
  folded,
  opened,
  reportOf,
  shiftOf,
  staffOf,
} from "../testing/shifts.ts";
import { EUR, eur, GERMANY } from "../testing/shop.ts";
import { BERLIN } from "../testing/written-chain.ts";
import { reportRows } from "./report-rows.ts";

const SETTINGS: StoreSettings = {
  store: BERLIN,
  code: "BER1",
  name: "Kreuzberg",
  retailer: "Nordlicht",
  address: [],
  vatId: "",
  currency: EUR,
  locale: "de-DE",
  timeZone: "Europe/Berlin",
  priceLists: [],
  tax: GERMANY,
  receiptHeader: [],
  receiptFooter: [],
  offlinePolicy: { warnAfterDays: 3, managerAfterDays: 7, rosterMaxAgeDays: 7, maxRefund: eur(10_000) },
};

const SHIFT = shiftOf("a");
const DAY = folded(
  entriesOf([
    opened(SHIFT, 10_000),
    factOf({ kind: "cash", pieces: 10, more: 30 }, SHIFT, 1),
    factOf({ kind: "card", pieces: 2 }, SHIFT, 2),
    factOf({ kind: "refundCash", pieces: 1 }, SHIFT, 3),
    factOf({ kind: "pickup", amount: 5_000 }, SHIFT, 4),
    closedWith(SHIFT, 5_953, 5_963),
  ]),
);

function rowsIn(locale: string, kind: "x" | "z" = "z"): readonly ReceiptRow[] {
  return reportRows({
    report: reportOf(DAY, { kind, unsent: 7 }),
    settings: { ...SETTINGS, locale },
    nameOf: (staff) => (staff === staffOf("mira") ? "Mira Albers" : ""),
  });
}

/** As people read it, a row to a line; blanks that keep a number together are blanks. */
function read(rows: readonly ReceiptRow[]): readonly string[] {
  return rows.flatMap((row) => {
    if ("text" in row) return [row.text];
    return "left" in row ? [`${row.left} ${row.right}`.trim().replace(/\s/g, " ")] : [];
  });
}

describe("a Z report on paper", () => {
  test("says how the day and its drawer came out, in the store's language", () => {
    const lines = read(rowsIn("de-DE"));
    for (const line of [
      "Z-Bericht 1",
      "Kasse BER1-03",
      "Geschäftstag Freitag, 15. Januar 2027",
      "Erstellt von Mira Albers",
      "Verkäufe (2) 12,84 €",
      "Rückgaben (1) -1,07 €",
      "Umsatz 11,77 €",
      "Bar (2) 10,70 €",
      "zurückgegeben -1,07 €",
      "Karte (1) 2,14 €",
      "Gemeinsame Kassenlade",
      "Wechselgeld 100,00 €",
      "Abschöpfungen -50,00 €",
      "Soll 59,63 €",
      "Gezählt 59,53 €",
      "Differenz -0,10 €",
      "Bleibt als Wechselgeld 59,53 €",
      "Mira Albers (3) 11,77 €",
      "Noch nicht an die Zentrale gesendet 7",
      "Gesamtsumme seit Beginn 11,77 €",
    ])
      expect(lines).toContain(line);
  });

  test("is told from a reading in between", () => {
    expect(read(rowsIn("de-DE", "x"))).toContain("X-Bericht 1");
  });

  test.each(RECEIPT_LANGUAGES)("has words of its own in %s, and the same figures", (code) => {
    const rows = rowsIn(code);
    expect(rows).toHaveLength(rowsIn("en").length);
    expect(rows[0]).toMatchObject({ kind: "language" });
    const text = read(rows).join("\n");
    expect(text).not.toContain("undefined");
    if (code !== "en") expect(text).not.toContain("Turnover");
  });

  test("names in another script stay in one piece on an Arabic report", () => {
    expect(read(rowsIn("ar-MA")).some((line) => line.includes("\u2068Mira Albers\u2069"))).toBe(true);
  });

  test("of prices without tax says what tax came on top", () => {
    const report = { ...reportOf(DAY), turnover: eur(1_400) };
    const rows = reportRows({ report, settings: { ...SETTINGS, locale: "en-US" }, nameOf: () => "" });
    expect(read(rows)).toContain("Tax added €2.23");
  });

  test("of a colleague who works here no more still tells whose drawer it was", () => {
    const own = folded(entriesOf([opened(SHIFT, 100, idOf<"Staff">("gone"))]));
    const rows = reportRows({ report: reportOf(own), settings: SETTINGS, nameOf: () => "" });
    expect(read(rows).some((line) => line.startsWith("Kassenlade von"))).toBe(true);
  });
});
