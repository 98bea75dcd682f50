import { expect, test } from "vitest";
import { type Came, figuresBeside } from "./came.ts";

const round = {
  firstSyncMs: 100,
  pushMs: 20,
  firstSyncBytes: 1_000_000,
  pushBytes: 500_000,
  till: 90_000_000,
  emptyTill: 60_000_000,
  server: 50_000_000,
};
const floors = [
  { firstSyncMs: 50, firstSyncBytes: 900_000, pushMs: 10, pushBytes: 400_000, server: 40_000_000 },
  { firstSyncMs: 40, firstSyncBytes: 900_000, pushMs: 12, pushBytes: 400_000, server: 41_000_000 },
];
const ours: Came = { synced: [round, { ...round, firstSyncMs: 80 }], heard: [5, 5, 5] };
const other: Came = { synced: [{ ...round, firstSyncMs: 640 }], heard: [] };
const figures = () => {
  const records = new Map([
    ["onetill", ours],
    ["pouchdb-together", other],
  ]);
  return [...figuresBeside({ records, floors, bareHeard: [2, 2], params: { skus: 10 } })];
};

test("the least of all rounds counts, of the floors too, and a peer's stands as so many times ours", () => {
  const [first, second] = figures();
  expect(first).toEqual({
    metric: "firstSync.onetill",
    value: 80,
    unit: "ms",
    floor: 40,
    aim: { most: 80 },
    params: { skus: 10 },
  });
  expect(second).toMatchObject({ metric: "firstSync.pouchdb-together", value: 640, floor: 40 });
  expect(second?.params).toEqual({ skus: 10, timesOurs: 8 });
});

test("PouchDB's first sync, document by document, is the one that is meant to take eight times ours", () => {
  const records = new Map([
    ["onetill", ours],
    ["pouchdb", other],
    ["pouchdb-together", other],
  ]);
  const beside = [...figuresBeside({ records, floors, bareHeard: [2], params: {} })];
  const aimed = beside.filter(({ aim }) => aim !== undefined);
  expect(aimed).toMatchObject([
    { metric: "firstSync.onetill", aim: { most: 80 } },
    { metric: "firstSync.pouchdb", value: 640, aim: { least: 640 } },
  ]);
});

test("a till is weighed beside itself when it was empty, and one that hears of nothing has no figure for it", () => {
  const named = (name: string) => figures().filter(({ metric }) => metric.startsWith(name));
  expect(named("memory.till")).toMatchObject([
    { value: 90, floor: 60 },
    { value: 90, floor: 60 },
  ]);
  expect(named("change.p50")).toMatchObject([{ metric: "change.p50.onetill", value: 5, floor: 2 }]);
});
