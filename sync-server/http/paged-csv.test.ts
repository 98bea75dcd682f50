import { expect, test } from "vitest";
import { pagedCsv } from "./paged-csv.ts";

async function written(rows: readonly (readonly (string | number | null)[])[], most = 100): Promise<string> {
  let text = "";
  const asked: number[] = [];
  const page = async (offset: number) => {
    asked.push(offset);
    return rows.slice(offset, offset + 2);
  };
  for await (const part of pagedCsv({
    columns: ["name", "pieces"],
    cellsOf: (row) => row,
    page,
    atOnce: 2,
    most,
  }))
    text += part;
  expect(new Set(asked).size).toBe(asked.length);
  return text;
}

test("a table goes out page by page under one heading, whatever its words are", async () => {
  expect(await written([])).toBe("name,pieces\r\n");
  const rows = [
    ["Tea", 1],
    ['Two "lines",\r\none cell', 2],
    ["Cup", null],
  ] as const;
  expect(await written(rows)).toBe('name,pieces\r\nTea,1\r\n"Two ""lines"",\r\none cell",2\r\nCup,\r\n');
});

test("the file ends where it is to", async () => {
  const rows = Array.from({ length: 9 }, (_, at) => [`A${at}`, at]);
  expect((await written(rows, 4)).split("\r\n")).toHaveLength(1 + 4 + 1);
});

test("what a spreadsheet program would run is text, and a number stays one", async () => {
  expect(await written([["=1+1", -2]])).toBe("name,pieces\r\n'=1+1,-2\r\n");
});
