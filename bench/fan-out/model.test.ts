import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../sync-server/demo/random.ts";
import { alone, type Chain, fanOut } from "./model.ts";

const COSTS = { notifyMs: 2, wakeMs: 0.1, pageMs: 1, databaseMs: 0.5, wayMs: 10, tillMs: 5 };
const EVEN = () => 0.5;

test("a till that is alone has the change after the sum of all steps", () => {
  const chain: Chain = {
    tills: 1,
    servers: 1,
    databaseCores: 1,
    busy: 0,
    pages: 3,
    costs: COSTS,
    random: EVEN,
  };
  const { p50, p99, all } = fanOut(chain);
  expect(p50).toBeCloseTo(alone(chain), 9);
  expect([p99, all]).toEqual([p50, p50]);
});

test("a server that is half busy takes twice as long over its tills", () => {
  const chain: Chain = {
    tills: 1_000,
    servers: 1,
    databaseCores: 8,
    busy: 0,
    pages: 1,
    costs: COSTS,
    random: EVEN,
  };
  const free = fanOut(chain).all;
  const busy = fanOut({ ...chain, busy: 0.5 }).all;
  expect(busy / free).toBeGreaterThan(1.8);
  expect(busy / free).toBeLessThan(2.1);
});

const chains = fc.record({
  tills: fc.integer({ min: 1, max: 400 }),
  servers: fc.integer({ min: 1, max: 6 }),
  databaseCores: fc.integer({ min: 1, max: 8 }),
  busy: fc.double({ min: 0, max: 0.8, noNaN: true }),
  pages: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

test("no till has it before it can, and the last not before the work is done", () => {
  fc.assert(
    fc.property(chains, ({ seed, ...sizes }) => {
      const random = seededRandom(seed);
      const chain: Chain = {
        ...sizes,
        costs: COSTS,
        random: () => random.between({ from: 0, to: 999 }) / 1_000,
      };
      const { p50, p99, all } = fanOut(chain);
      expect(p50).toBeLessThanOrEqual(p99);
      expect(p99).toBeLessThanOrEqual(all);
      // The ways may be half as long as they are on average, and no less.
      expect(p50).toBeGreaterThanOrEqual(alone(chain) / 2);
      const most = Math.ceil(sizes.tills / sizes.servers);
      expect(all).toBeGreaterThanOrEqual(
        (most * (COSTS.wakeMs + sizes.pages * COSTS.pageMs)) / (1 - sizes.busy),
      );
      expect(all).toBeGreaterThanOrEqual(
        (sizes.tills * sizes.pages * COSTS.databaseMs) / sizes.databaseCores / (1 - sizes.busy),
      );
    }),
    { numRuns: 60 },
  );
});

test("more servers never make it later where no till waits for the database", () => {
  fc.assert(
    fc.property(chains, ({ seed: _, ...sizes }) => {
      // A till asks one question at a time.
      const chain: Chain = { ...sizes, databaseCores: sizes.tills, costs: COSTS, random: EVEN };
      const twice = fanOut({ ...chain, servers: sizes.servers * 2 }).all;
      expect(twice).toBeLessThanOrEqual(fanOut(chain).all + 1e-6);
    }),
    { numRuns: 60 },
  );
});

test("where all wait for the database more servers gain nothing: their tills come at once, and the last may be a little later", () => {
  const chain: Chain = {
    tills: 62,
    servers: 6,
    databaseCores: 2,
    busy: 0.264,
    pages: 1,
    costs: COSTS,
    random: EVEN,
  };
  const some = fanOut(chain).all;
  const twice = fanOut({ ...chain, servers: 12 }).all;
  expect(twice).toBeGreaterThan(some);
  expect(twice / some).toBeLessThan(1.02);
});
