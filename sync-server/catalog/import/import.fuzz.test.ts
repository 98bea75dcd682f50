import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importReportSchema } from "#protocol/hq/import.ts";
import { ServerForTests } from "../../server-for-tests.ts";
import { createSpreadsheets, type Spreadsheets } from "../spreadsheet/spreadsheets.ts";
import { csvOfFile } from "./csv-of-file.ts";
import { importCatalog } from "./import-catalog.ts";

const HEADING =
  "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Barcode,Variant Inventory Qty";
const CSV = `${HEADING}\nmug,Mug,Colour,Red,MUG-R,12.50,4006381333931,3\nmug,,,Blue,MUG-B,12.50,,\n"cup","Cup, large",,,CUP,9.00,,1\n`;
const ASK = { dryRun: true, store: null, list: null } as const;
const RUNS = fc.readConfigureGlobal()?.numRuns ?? 60;
const FEW = fc.readConfigureGlobal()?.numRuns ?? 12;

let server: ServerForTests;
let sheets: Spreadsheets;
let excel: Uint8Array;
beforeAll(async () => {
  server = await ServerForTests.open();
  sheets = createSpreadsheets();
  const rows = CSV.trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  const written = await sheets.run({ kind: "write", sheet: "Products", rows });
  if (!written.ok || !written.value.ok) throw new Error("not written");
  excel = written.value.bytes;
});
afterAll(async () => {
  await server.close();
});

/** A file of which bytes were changed, left out or put in, arriving in pieces of any size. */
function damaged(file: Uint8Array): fc.Arbitrary<{ readonly bytes: Buffer; readonly piece: number }> {
  const change = fc.record({
    at: fc.nat({ max: file.length }),
    out: fc.nat({ max: 12 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom("\u0000", '"', '""', "\r", "\n\n", "\ufeff", ",,,,,,,,", "\t", "=cmd|' /C calc'!A0")
        .map((text) => Buffer.from(text)),
    ),
  });
  return fc
    .tuple(fc.array(change, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: file.length }))
    .map(([changes, piece]) => {
      const bytes = changes.reduce<Buffer>(
        (all, { at, out, put }) => Buffer.concat([all.subarray(0, at), put, all.subarray(at + out)]),
        Buffer.from(file),
      );
      return { bytes, piece };
    });
}

async function* inPieces({ bytes, piece }: { readonly bytes: Buffer; readonly piece: number }) {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

test("a damaged CSV file gets a report, whatever is wrong with it", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(Buffer.from(CSV)), async (file) => {
      importReportSchema.parse(await importCatalog({ ...ASK, bytes: inPieces(file) }, server.deps));
    }),
    { numRuns: RUNS },
  );
});

test("a damaged Excel file is read or refused, and the next one is read as ever", async () => {
  await fc.assert(
    fc.asyncProperty(damaged(excel), async (file) => {
      const read = await csvOfFile(inPieces(file), sheets);
      if (read.ok) importReportSchema.parse(await importCatalog({ ...ASK, bytes: read.value }, server.deps));
      else expect(["notASpreadsheet", "tooLarge", "tooMuch"]).toContain(read.reason);
    }),
    { numRuns: FEW },
  );
  const whole = await csvOfFile(inPieces({ bytes: Buffer.from(excel), piece: 1_000 }), sheets);
  expect(whole.ok).toBe(true);
});
