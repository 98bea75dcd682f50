import fc from "fast-check";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { CsvReader } from "../import/csv-records.ts";
import { csvLine, guarded, unguarded } from "./guarded.ts";
import { createSpreadsheets } from "./spreadsheets.ts";

/** Where the directory of an archive says how large a file is unpacked (APPNOTE, section 4.3.12). */
const UNPACKED_AT = 24;

const sheets = createSpreadsheets();
const text = fc.string({
  unit: fc.constantFrom("a", "ü", "=", "+", "-", "@", "'", ",", ";", '"', "\n", " ", "\t", "1", "😀"),
  maxLength: 12,
});

test("no text that a spreadsheet would run leaves as it is, and each comes back as it was", () => {
  fc.assert(
    fc.property(text, (any) => {
      expect(guarded(any)).not.toMatch(/^[=+\-@\t\r]/);
      expect(unguarded(guarded(any))).toBe(any);
    }),
  );
});

function rowsOf(csv: Uint8Array): readonly (readonly string[])[] {
  return [...new CsvReader(",").read(Buffer.from(csv).toString("utf8"), true)].map((record) =>
    record.kind === "fields" ? record.fields : [record.kind],
  );
}

test("lines of CSV are read back as what was written", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 5 }), (fields) => {
      const line = csvLine(["x", ...fields]);
      expect(rowsOf(Buffer.from(line))).toEqual([["x", ...fields]]);
    }),
  );
});

test("an Excel file is read back as what was written, formulas being texts", async () => {
  const rows = [
    ["Handle", "Title", "Price"],
    ["mug", '=HYPERLINK("http://x")', "12.50"],
    ["cup", "Große Tasse, weiß", ""],
    ["007", "+49", "-1"],
  ];
  const written = await sheets.run({ kind: "write", sheet: "Products", rows });
  if (!written.ok || !written.value.ok) throw new Error("not written");
  const read = await sheets.run({ kind: "read", bytes: written.value.bytes });
  if (!read.ok || !read.value.ok) throw new Error("not read");
  expect(rowsOf(read.value.bytes)).toEqual(rows);
});

test("what is no Excel file is refused, and one that would unpack into the memory of many", async () => {
  expect(await sheets.run({ kind: "read", bytes: Buffer.from("Handle,Title") })).toEqual({
    ok: true,
    value: { ok: false, reason: "notASpreadsheet" },
  });
  const bomb = Buffer.from(zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(10) }));
  const directory = bomb.indexOf("PK\u0001\u0002");
  bomb.writeUInt32LE(601 * 1024 * 1024, directory + UNPACKED_AT);
  expect(await sheets.run({ kind: "read", bytes: bomb })).toEqual({
    ok: true,
    value: { ok: false, reason: "tooLarge" },
  });
});
