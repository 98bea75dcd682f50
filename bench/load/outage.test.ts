import { expect, test } from "vitest";
import { soldAround } from "./outage.ts";

const OUTAGE = { from: 1_000, to: 3_000 };

test("sales that wait in an outage are told apart, and timed from the sale and from its end", () => {
  const sales = [
    { dueAt: 900, ackMs: 50 },
    { dueAt: 990, ackMs: 2_510 },
    { dueAt: 2_000, ackMs: 1_200 },
    { dueAt: 3_000, ackMs: 40 },
    { dueAt: 3_500, ackMs: 700 },
  ];
  expect(soldAround(sales, OUTAGE)).toEqual({
    there: [50, 40, 700],
    away: [2_510, 1_200],
    back: [500, 200],
  });
});

test("every sale is on one side", () => {
  const sales = Array.from({ length: 100 }, (_, sale) => ({ dueAt: sale * 40, ackMs: (sale * 37) % 900 }));
  const { there, away, back } = soldAround(sales, OUTAGE);
  expect(there.length + away.length).toBe(100);
  expect(back).toHaveLength(away.length);
});
