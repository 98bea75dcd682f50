import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without options it is twenty days of a seed each", () => {
  expect(readOptions([])).toMatchObject({
    ok: true,
    value: { seeds: 20, first: 1, tills: null, steps: 200, json: false },
  });
});

test("each option is read", () => {
  const args = ["--seeds", "3", "--first", "7", "--tills", "2", "--hours", "0.5", "--steps", "40", "--json"];
  expect(readOptions([...args, "--log", "days.ndjson"])).toMatchObject({
    ok: true,
    value: { seeds: 3, first: 7, tills: 2, hours: 0.5, steps: 40, json: true, log: "days.ndjson" },
  });
});

test("the server's database is SQLite's, a PostgreSQL of its own or one that runs", () => {
  const engineOf = (...args: string[]) => readOptions(args);
  const url = "postgres://anna@db.example:5432/postgres";
  expect(engineOf()).toMatchObject({ value: { engine: { kind: "sqlite" } } });
  expect(engineOf("--engine", "postgres")).toMatchObject({ value: { engine: { kind: "ownPostgres" } } });
  expect(engineOf("--database-url", url)).toMatchObject({ value: { engine: { kind: "postgres", url } } });
});

test.each([
  ["--engine", "oracle"],
  ["--database-url", "db.example"],
  ["--database-url", "postgres://db.example/postgres?sslmode=require"],
  ["--engine", "sqlite", "--database-url", "postgres://db.example/postgres"],
  ["--seeds", "0"],
  ["--steps", "a"],
  ["--tills", "99"],
  ["--hours", "-1"],
  ["--colour"],
  ["--only", "x"],
])("%s %s is refused in words", (...args) => {
  expect(readOptions(args)).toMatchObject({ ok: false, reason: expect.stringContaining("--") });
});
