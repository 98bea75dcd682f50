import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { pairLines, toEscPos } from "./escpos.ts";

const ESC = 0x1b;
const GS = 0x1d;

function bytesOf(rows: readonly ReceiptRow[]): Buffer {
  return Buffer.from(toEscPos(rows, { columns: 42 }));
}

describe("a receipt as bytes for the printer", () => {
  test("begins with a reset and ends with a cut", () => {
    const bytes = bytesOf([{ kind: "text", text: "Nordlicht", align: "center", strong: true }]);
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([ESC, 0x40]));
    expect(bytes.lastIndexOf(Buffer.from([GS, 0x56]))).toBeGreaterThan(bytes.indexOf("Nordlicht"));
  });

  test("puts the amount at the right edge of the paper", () => {
    const bytes = bytesOf([{ kind: "pair", left: "Becher", right: "8,50", strong: false }]);
    expect(bytes.toString("latin1")).toContain(`Becher${" ".repeat(32)}8,50`);
  });

  test("prints umlauts and the euro sign of a code page instead of question marks", () => {
    const bytes = bytesOf([{ kind: "pair", left: "Öl für Zoë", right: "8,50\u00a0€", strong: false }]);
    expect(bytes.toString("latin1")).not.toContain("?");
    expect(bytes.includes("8,50 ")).toBe(true);
  });

  test("carries the receipt number as a Code 128 barcode", () => {
    const bytes = bytesOf([{ kind: "barcode", text: "BER1-03-000123" }]);
    expect(bytes.indexOf(Buffer.from([GS, 0x6b, 73]))).toBeGreaterThan(-1);
    expect(bytes.toString("latin1")).toContain("BER1-03-000123");
  });

  test("is the same paper for letters no printer has: it never fails", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 60 }),
        fc.string({ maxLength: 12 }),
        (left, right) => {
          const rows: ReceiptRow[] = [
            { kind: "pair", left, right, strong: false },
            { kind: "big", left, right },
            { kind: "text", text: left, align: "right", strong: true },
          ];
          expect(bytesOf(rows).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("a name and an amount on one line", () => {
  test("a long name goes on below, the amount stays whole", () => {
    expect(pairLines({ left: "Wanderstiefel aus gewachstem Leder", right: "189,00", width: 24 })).toEqual(
      ["Wanderstiefel aus 189,00", " gewachstem Leder"].map((line) => line.trimStart()),
    );
  });

  test("nothing of a name is lost and no line is too long", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        words,
        fc.stringMatching(/^[0-9]{1,8}$/),
        fc.constantFrom(32, 42, 48),
        (name, right, width) => {
          const lines = pairLines({ left: name.join(" "), right, width });
          expect(lines.every((line) => line.length <= width)).toBe(true);
          expect(lines[0]?.endsWith(right)).toBe(true);
          const left = [lines[0]!.slice(0, -right.length), ...lines.slice(1)].join("").replaceAll(" ", "");
          expect(left).toBe(name.join(""));
        },
      ),
    );
  });
});
