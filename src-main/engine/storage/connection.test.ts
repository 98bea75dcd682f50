import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { connect } from "./connection.ts";

test("a database that cannot be used is closed, so that it can be moved away, and is opened afresh the next time", () => {
  const opened: DatabaseSync[] = [];
  const openFile = (file: string): DatabaseSync => {
    const database = new (class extends DatabaseSync {
      override exec(): void {
        throw new Error("file is not a database");
      }
    })(file);
    opened.push(database);
    return database;
  };
  for (const _ of [1, 2]) expect(() => connect(":memory:", { openFile })).toThrow("not a database");
  expect(opened.map(({ isOpen }) => isOpen)).toEqual([false, false]);
});
