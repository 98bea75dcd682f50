import fc from "fast-check";
import { expect, test } from "vitest";
import { CsvReader, type CsvRecord, MAX_RECORD_CHARS } from "./csv-records.ts";

function records(text: string, chunk = text.length || 1): CsvRecord[] {
  const reader = new CsvReader(",");
  const found: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += chunk)
    found.push(...reader.read(text.slice(at, at + chunk), false));
  found.push(...reader.read("", true));
  return found;
}

test("a description over several lines does not shift the line numbers below it", () => {
  expect(records('a,b\n"one\ntwo\r\nthree",x\nlast,y')).toEqual([
    { kind: "fields", line: 1, fields: ["a", "b"] },
    { kind: "fields", line: 2, fields: ["one\ntwo\r\nthree", "x"] },
    { kind: "fields", line: 5, fields: ["last", "y"] },
  ]);
});

test("doubled quotes are one quote, blank lines are passed over", () => {
  expect(records('"27"" screen",1\n\n \n"",2\n')).toEqual([
    { kind: "fields", line: 1, fields: ['27" screen', "1"] },
    { kind: "fields", line: 4, fields: ["", "2"] },
  ]);
});

test("a forgotten quote costs its own line, not the rest of the file", () => {
  expect(records('a,1\n"open,2\nb,3\nc,4')).toEqual([
    { kind: "fields", line: 1, fields: ["a", "1"] },
    { kind: "brokenQuoting", line: 2, start: '"open,2' },
    { kind: "fields", line: 3, fields: ["b", "3"] },
    { kind: "fields", line: 4, fields: ["c", "4"] },
  ]);
});

test("a quote in the middle of a field is reported, not guessed at", () => {
  expect(records('27" screen,1\nb,2')[0]).toEqual({ kind: "brokenQuoting", line: 1, start: '27" screen,1' });
});

test("a record longer than any product is reported and skipped to the next line", () => {
  const long = "x".repeat(MAX_RECORD_CHARS + 10);
  const found = records(`a,1\n${long}\nb,2\n`, 65_536);
  expect(found.map(({ kind, line }) => [kind, line])).toEqual([
    ["fields", 1],
    ["tooLong", 2],
    ["fields", 3],
  ]);
});

const field = fc.string({
  unit: fc.constantFrom("a", "ü", ",", '"', "\n", "\r", " ", ";", "😀"),
  maxLength: 12,
});

test("what is written as CSV is read back the same, however it arrives", () => {
  const rows = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      rows,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      (table, chunk, end) => {
        const text = table
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(","))
          .join(end);
        expect(
          records(text, chunk).map((record) => (record.kind === "fields" ? record.fields : record.kind)),
        ).toEqual(table);
      },
    ),
  );
});

test("rubbish is read to its end, in the same way whatever the pieces it arrives in", () => {
  const rubbish = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r"), maxLength: 200 });
  fc.assert(
    fc.property(rubbish, fc.integer({ min: 1, max: 40 }), (text, chunk) => {
      expect(records(text, chunk)).toEqual(records(text));
    }),
  );
});
