import { expect, test } from "vitest";
import { type Seller, Selling } from "./selling.ts";

const PACE = { perSecond: 500, lines: 1 };

/** Tills of one store whose server answers nothing before `answer` is called. */
function shop(count: number) {
  let seq = 0;
  let isSilent = true;
  const queued: { readonly seller: Seller; readonly seq: number }[] = [];
  const sellers = Array.from({ length: count }, () => {
    const seller: Seller = {
      store: "store-1",
      ready: [],
      sent: [],
      isThere: true,
      queue: (entries) => {
        for (const entry of entries) queued.push({ seller, seq: entry.seq });
        if (!isSilent) answer();
      },
      makeUp: () => {
        seq += 1;
        return { seq, json: Buffer.from("{}") };
      },
    };
    return seller;
  });
  const selling = new Selling(sellers, { complain: () => undefined });
  const answer = () => {
    isSilent = false;
    for (const each of queued.splice(0)) {
      selling.sent(each.seller, each.seq);
      const at = performance.now();
      selling.acknowledged(each.seller, each.seq, at);
      for (const other of sellers) selling.heard(other, at);
    }
  };
  return { sellers, selling, queued, answer };
}

test("while a server stands still sales fall due all the same, and each counts from then", async () => {
  const { sellers, selling, queued, answer } = shop(3);
  selling.begin(sellers, PACE);
  await expect.poll(() => queued.length, { interval: 1 }).toBeGreaterThan(40);
  const waited = queued.length;
  answer();
  const { sales, woken, unheard } = await selling.end();
  expect(sales.length).toBeGreaterThanOrEqual(waited);
  expect(unheard).toBe(0);
  expect(woken).toHaveLength(sales.length * 2);
  // Due one after the other by the pace: those that fell due first waited longest.
  const byDue = sales.toSorted((one, other) => one.dueAt - other.dueAt);
  for (const [place, sale] of byDue.entries())
    expect(sale.dueAt - (byDue[0]?.dueAt ?? 0)).toBeCloseTo((place * 1_000) / PACE.perSecond, 1);
  expect(byDue[0]?.ackMs).toBeGreaterThanOrEqual(((waited - 1) * 1_000) / PACE.perSecond - 1);
});

test("sells what is asked for, in turn, and no till of the shop that was not started is to hear of it", async () => {
  const { sellers, selling, answer } = shop(4);
  answer();
  for (const absent of sellers.slice(2)) absent.isThere = false;
  const { sales, woken } = await selling.sell(sellers.slice(0, 2), PACE, (sold) => sold >= 10);
  expect(sales).toHaveLength(10);
  expect(woken).toHaveLength(10);
  expect(sellers.map(({ sent }) => sent.length)).toEqual([5, 5, 0, 0]);
});

test("they begin once and end once", async () => {
  const { sellers, selling, answer } = shop(1);
  answer();
  expect(() => selling.end()).toThrow("nobody sells");
  selling.begin(sellers, PACE);
  expect(() => selling.begin(sellers, PACE)).toThrow("they sell already");
  await selling.end();
  expect(() => selling.end()).toThrow("nobody sells");
});
