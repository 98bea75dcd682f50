import { expect, test } from "vitest";
import { SqliteDatabase } from "./database.ts";

test("what is asked in a transaction that SQLite took back by itself is refused, and writes nothing for good", async () => {
  const database = new SqliteDatabase(":memory:");
  await database.run("CREATE TABLE seen (n INTEGER)");
  database.begin("write");
  await database.run("INSERT INTO seen (n) VALUES (?)", 1);
  // As it does where the disk is full in the midst of a statement.
  await database.run("ROLLBACK");
  expect(() => database.send("INSERT INTO seen (n) VALUES (?)", 2)).toThrow("taken back");
  await expect(database.all("SELECT n FROM seen")).rejects.toThrow("taken back");
  expect(database.mayGoOnAfter(new Error("any"))).toBe(false);
  database.rollback();
  expect(await database.all("SELECT n FROM seen")).toEqual([]);
  database.begin("write");
  await database.run("INSERT INTO seen (n) VALUES (?)", 3);
  database.commit();
  expect(await database.all("SELECT n FROM seen")).toEqual([{ n: 3 }]);
  database.close();
});

test("a list is refused in words, however it comes", async () => {
  const database = new SqliteDatabase(":memory:");
  const takesNone = "SQLite takes no list as a value: give it the list's JSON";
  await expect(database.all("SELECT ?", ["a"])).rejects.toThrow(takesNone);
  expect(() => database.send("SELECT ?", [1, 2])).toThrow(takesNone);
  database.close();
});
