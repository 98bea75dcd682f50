import { afterEach, beforeEach, expect, test } from "vitest";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { CUP } from "../testing/shop.ts";
import { judgeJournals } from "./judge-journals.ts";

let server: ServerForTests;
let till: PairedTill;
beforeEach(async () => {
  server = await ServerForTests.open();
  till = await server.pair();
  await server.stockUp([CUP], 10);
  till.till.begin();
  for (let sale = 0; sale < 3; sale += 1) till.till.sell([{ variant: CUP, quantity: 1 }]);
  const taken = await server.deps.ingestion.ingest(await till.record(), till.till.entries);
  expect(taken).toMatchObject({ ok: true });
});
afterEach(() => server.close());

const judged = () => server.storage.read((tx) => judgeJournals(tx, server.deps.now()));

test("journals as the tills signed them are right, and counted", async () => {
  expect(await judged()).toEqual({ tills: 1, entries: 4, tickets: 3, wrong: [] });
});

test("an entry that somebody changed is told, with its store and till", async () => {
  await server.run(`UPDATE journal SET entry = replace(entry, '"quantity":1', '"quantity":2') WHERE seq = 3`);
  const { wrong } = await judged();
  expect(wrong.length).toBeGreaterThan(0);
  expect(wrong.join("\n")).toMatch(/^store BER1, /);
});

test("one that is gone is told", async () => {
  await server.run("DELETE FROM journal WHERE seq = 2");
  expect((await judged()).wrong.length).toBeGreaterThan(0);
});

test("one that cannot be read at all is told, and no other store goes unjudged", async () => {
  await server.run("UPDATE journal SET entry = 'not even JSON' WHERE seq = 3");
  expect((await judged()).wrong).toEqual([expect.stringMatching(/^store BER1: its journals cannot be read/)]);
});
