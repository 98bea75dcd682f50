import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeDataFolder } from "./data-folder.ts";

let home: string;
let said: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "onetill-data-"));
  said = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function take(name: string, reset = false, serverPort = 8787) {
  return takeDataFolder({ path: join(home, name), reset, serverPort, say: (line) => said.push(line) });
}

test("data stays between starts", () => {
  const first = take("demo");
  writeFileSync(join(first.path, "sales"), "20");
  first.release();
  expect(readFileSync(join(take("demo").path, "sales"), "utf8")).toBe("20");
  expect(said).toEqual([]);
});

test("a reset deletes what earlier starts left and says so", () => {
  const first = take("demo");
  writeFileSync(join(first.path, "sales"), "20");
  first.release();
  expect(existsSync(join(take("demo", true).path, "sales"))).toBe(false);
  expect(said).toEqual([`Deleting ${first.path} (--reset)`]);
});

test("a folder that npm start did not make is left alone, with and without a reset", () => {
  mkdirSync(join(home, "letters"));
  writeFileSync(join(home, "letters", "to-anna.txt"), "Dear Anna");
  expect(() => take("letters")).toThrow("left alone");
  expect(() => take("letters", true)).toThrow("left alone");
  expect(readFileSync(join(home, "letters", "to-anna.txt"), "utf8")).toBe("Dear Anna");
});

test("a folder that another start is using is not touched", () => {
  const { path } = take("demo");
  const parent = process.ppid;
  writeFileSync(join(path, "made-by-onetill-demo.json"), JSON.stringify({ pid: parent, serverPort: 8787 }));
  writeFileSync(join(path, "sales"), "20");
  expect(() => take("demo", true)).toThrow(`process ${parent}`);
  expect(existsSync(join(path, "sales"))).toBe(true);
});

test("a folder whose start was cut off can be taken again", () => {
  const { path } = take("demo");
  writeFileSync(join(path, "made-by-onetill-demo.json"), `{"pi`);
  expect(take("demo").path).toBe(path);
});

test("a file in place of the folder is named", () => {
  writeFileSync(join(home, "file"), "");
  expect(() => take("file")).toThrow("is not a folder");
  expect(() => take("file/below")).toThrow("is not a folder");
});

test("a till is not started beside a server that it does not belong to", () => {
  take("demo", false, 9000).release();
  expect(() => take("demo", false, 8787)).toThrow("port 9000, not 8787");
  expect(take("demo", false, 9000).path).toBe(join(home, "demo"));
  expect(take("demo", true, 8787).path).toBe(join(home, "demo"));
});
