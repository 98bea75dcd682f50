import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { toEscPos } from "./escpos.ts";
import { type PrintedReceipt, printOnPaper } from "./testing/interpreter.ts";

const ESC = 0x1b;
const GS = 0x1d;

async function bytesOf(rows: readonly ReceiptRow[]): Promise<Buffer> {
  return Buffer.from(await toEscPos(rows, { columns: 42 }));
}

const COLUMNS = [32, 42, 48] as const;

/** What comes out; throws where a line does not fit the paper. */
async function onPaper(
  rows: readonly ReceiptRow[],
  columns: (typeof COLUMNS)[number],
): Promise<PrintedReceipt> {
  return printOnPaper(await toEscPos(rows, { columns }), { columns });
}

describe("a receipt as bytes for the printer", () => {
  test("begins with a reset and ends with a cut", async () => {
    const bytes = await bytesOf([{ kind: "text", text: "Nordlicht", align: "center", strong: true }]);
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([ESC, 0x40]));
    expect(bytes.lastIndexOf(Buffer.from([GS, 0x56]))).toBeGreaterThan(bytes.indexOf("Nordlicht"));
  });

  test("puts the amount at the right edge of the paper", async () => {
    const bytes = await bytesOf([{ kind: "pair", left: "Becher", right: "8,50", strong: false }]);
    expect(bytes.toString("latin1")).toContain(`Becher${" ".repeat(32)}8,50`);
  });

  test("prints umlauts and the euro sign of a code page instead of question marks", async () => {
    const bytes = await bytesOf([{ kind: "pair", left: "Öl für Zoë", right: "8,50\u00a0€", strong: false }]);
    expect(bytes.toString("latin1")).not.toContain("?");
    expect(bytes.includes("8,50 ")).toBe(true);
  });

  test("carries the receipt number as a Code 128 barcode", async () => {
    const bytes = await bytesOf([{ kind: "barcode", text: "BER1-03-000123" }]);
    expect(bytes.indexOf(Buffer.from([GS, 0x6b, 73]))).toBeGreaterThan(-1);
    expect(bytes.toString("latin1")).toContain("BER1-03-000123");
  });

  test("never hands the printer a command that stands in a name", async () => {
    const bytes = await bytesOf([
      { kind: "text", text: "Becher\u001b@\u001dV\u0000", align: "left", strong: false },
    ]);
    expect(bytes.lastIndexOf(Buffer.from([ESC, 0x40]))).toBe(0);
    expect(bytes.indexOf(Buffer.from([GS, 0x56]))).toBe(bytes.lastIndexOf(Buffer.from([GS, 0x56])));
  });

  test("prints a number that is too long for bars as text", async () => {
    const number = "AUFTRAG-2026-000000000000000123";
    const { lines, barcodes } = await onPaper([{ kind: "barcode", text: number }], 32);
    expect({ lines: lines.map((line) => line.trim()).filter((line) => line !== ""), barcodes }).toEqual({
      lines: [number],
      barcodes: [],
    });
  });

  test("has bars for every receipt number, also on narrow paper", async () => {
    for (const columns of COLUMNS)
      expect((await onPaper([{ kind: "barcode", text: "BER1-03-000123" }], columns)).barcodes).toEqual([
        "BER1-03-000123",
      ]);
  });

  test("that has a logo no printer can read has none, and all the rest", async () => {
    const rows: readonly ReceiptRow[] = [
      { kind: "image", png: Buffer.from("GIF89a").toString("base64"), label: "Nordlicht" },
      { kind: "text", text: "Nordlicht", align: "left", strong: false },
    ];
    expect((await onPaper(rows, 48)).lines[0]).toBe("Nordlicht");
  });
});

describe("whatever stands on a receipt", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."aZ 09äßÉłżЖя€-,.'"), maxLength: 90 });
  const anything = fc.string({ unit: "grapheme", maxLength: 40 });
  const rowOf = (text: fc.Arbitrary<string>): fc.Arbitrary<ReceiptRow> =>
    fc.oneof(
      fc.record({
        kind: fc.constant("text" as const),
        text,
        align: fc.constantFrom("left" as const, "center" as const, "right" as const),
        strong: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("pair" as const), left: text, right: text, strong: fc.boolean() }),
      fc.record({ kind: fc.constant("big" as const), left: text, right: text }),
    );

  test("no line is wider than the paper and no letter is lost", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf(letters), { maxLength: 6 }),
        fc.constantFrom(...COLUMNS),
        async (rows, columns) => {
          const { lines } = await onPaper(rows, columns);
          const asked = rows.flatMap((row) =>
            "text" in row ? [row.text] : "left" in row ? [row.left, row.right] : [],
          );
          const seen = (texts: readonly string[]): string =>
            [...texts.join("").replaceAll(" ", "")].sort().join("");
          expect(seen(lines)).toBe(seen(asked));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("letters that no printer has are printed as well, within the paper, in either direction", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowOf(anything), { maxLength: 3 }),
        fc.constantFrom(...COLUMNS),
        fc.constantFrom("de", "ar"),
        async (rows, columns, tag) => {
          expect((await onPaper([{ kind: "language", tag }, ...rows], columns)).cuts).toBe(1);
        },
      ),
      { numRuns: 30 },
    );
  });
});
