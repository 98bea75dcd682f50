import fc from "fast-check";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { CsvReader } from "../import/csv-records.ts";
import { csvLine } from "./csv-line.ts";
import { createSpreadsheets } from "./spreadsheets.ts";

/** Where the directory of an archive says how large a file is unpacked (APPNOTE, section 4.3.12). */
const UNPACKED_AT = 24;
/** Bytes of an entry of the directory before its name. */
const DIRECTORY_HEAD = 46;

const sheets = createSpreadsheets();
const text = fc.string({
  unit: fc.constantFrom("a", "ü", "=", "+", "-", "@", "'", ",", ";", '"', "\n", " ", "\t", "1", "😀"),
  maxLength: 12,
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

test("a file that says a few bytes of itself and holds many is not unpacked beyond what it says", async () => {
  const written = await sheets.run({ kind: "write", sheet: "Products", rows: [["Handle", "Title"]] });
  if (!written.ok || !written.value.ok) throw new Error("not written");
  const files = unzipSync(written.value.bytes);
  const name = "xl/worksheets/sheet1.xml";
  files[name] = Buffer.concat([files[name] ?? Buffer.alloc(0), Buffer.alloc(50 * 1024 * 1024, " ")]);
  const bomb = Buffer.from(zipSync(files));
  const entry = bomb.lastIndexOf(name) - DIRECTORY_HEAD;
  expect(bomb.subarray(entry, entry + 2).toString()).toBe("PK");
  bomb.writeUInt32LE(20, entry + UNPACKED_AT);
  expect(await sheets.run({ kind: "read", bytes: bomb })).toEqual({
    ok: true,
    value: { ok: false, reason: "notASpreadsheet" },
  });
});

test("a file of which reading takes more memory than one may have is refused, and the next is read", async () => {
  const little = createSpreadsheets(64);
  const rows = [["Handle", "Title"]];
  const written = await little.run({ kind: "write", sheet: "Products", rows });
  if (!written.ok || !written.value.ok) throw new Error("not written");
  const files = unzipSync(written.value.bytes);
  const name = "xl/worksheets/sheet1.xml";
  // Small as it comes, and a table of millions of rows and thousands of columns where it is read.
  const far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>';
  const sheet = strFromU8(files[name] ?? new Uint8Array());
  files[name] = Buffer.from(sheet.replace("</sheetData>", far));
  expect(await little.run({ kind: "read", bytes: zipSync(files) })).toEqual({ ok: false, reason: "tooMuch" });
  expect(await little.run({ kind: "read", bytes: written.value.bytes })).toMatchObject({
    ok: true,
    value: { ok: true },
  });
});

test("a heading stands above the rows, numbers are numbers and texts that look like formulas are texts", async () => {
  const written = await sheets.run({
    kind: "write",
    sheet: "A name of a sheet that is longer than any may be",
    heading: ["Category", "Total"],
    rows: [["=HYPERLINK(0)", -10.5]],
  });
  if (!written.ok || !written.value.ok) throw new Error("not written");
  const all = Object.values(unzipSync(written.value.bytes))
    .map((bytes) => strFromU8(bytes))
    .join("\n");
  expect(all).toContain("<t>=HYPERLINK(0)</t>");
  expect(all).not.toContain("<f>");
  expect(all).toContain("<v>-10.5</v>");
});
