import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { TaxPlan } from "#domain/tax/tax.ts";
import { DrawerBench, good, JOHANNA_ALLOWS } from "../testing/drawer-bench.ts";
import { AS_NEW, completed, paidInCash, returningOf } from "../testing/return-fixture.ts";
import { euros, MUG, SETTINGS, STANDARD, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";

const TOMORROW = idOf<"BusinessDay">("2026-11-25");
const RAISED = { id: "vat19", name: "MwSt.", ppm: 210_000 };
const PLANNED: TaxPlan = {
  ...SETTINGS.tax,
  planned: [{ taxClass: STANDARD, from: TOMORROW, rates: [RAISED] }],
};
/** What the tax in an amount is, to the cent. */
const within = (minor: number, percent: number) => Math.round((minor * percent) / (100 + percent));

let till: TillInMemory;
const midnight = instantOfLocalTime({ text: "2026-11-25T00:00", timeZone: SETTINGS.timeZone }) ?? 0;
const untilMidnight = () => midnight - till.clock.now();

function planned(tax: TaxPlan = PLANNED): void {
  till.replica.put("settings", settingsWith({ tax }));
}

describe("S156 a till that is cut off as a planned tax rate begins", () => {
  beforeEach(async () => {
    till = await TillInMemory.open();
    await till.signIn();
    planned();
    till.server.goOffline();
  });

  test("switches by itself in the first moment of the store's day, and shows it without a touch", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 2 });
    till.clock.pass(untilMidnight() - 1);
    expect(till.basket).toMatchObject({ due: euros(1_700), taxes: [{ ppm: 190_000 }] });
    let shown = 0;
    const stop = till.shop.views.basket.watch(() => {
      shown += 1;
    });
    till.clock.pass(1);
    till.timers.hurry(60_000);
    stop();
    expect(shown).toBeGreaterThan(0);
    expect(till.basket).toMatchObject({
      due: euros(1_700),
      tax: euros(within(1_700, 21)),
      taxes: [{ ppm: 210_000 }],
    });
    const { receipt } = await paidInCash(till);
    expect(till.journal.facts("ticket.completed")[0]?.ticket.taxes).toMatchObject([
      { rate: RAISED, tax: euros(within(1_700, 21)) },
    ]);
    expect(JSON.stringify(receipt.rows)).toMatch(/21 ?%/u);
  });

  test("switches at the same moment where it was restarted meanwhile", async () => {
    till.clock.pass(untilMidnight());
    await till.restart();
    await till.signIn();
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.taxes).toMatchObject([{ ppm: 210_000 }]);
  });

  test("gives goods back at the rate that they were sold at", async () => {
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    const sold = await paidInCash(till);
    till.clock.pass(untilMidnight() + 3_600_000);
    const opened = await till.verbs.openReturn({ code: sold.receipt.number });
    expect(opened).toMatchObject({ ok: true });
    const purchase = { kind: "ticket", id: sold.ticket } as const;
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(returningOf(till).refund).toEqual(euros(850));
    await completed(till);
    const { ticket } = till.journal.facts("ticket.completed").at(-1)!;
    const [old, raised] = [within(850, 19), within(850, 21)];
    expect(ticket.lines.map(({ kind, taxes }) => [kind, taxes[0]?.rate.ppm, taxes[0]?.tax.minor])).toEqual([
      ["sale", 210_000, raised],
      ["return", 190_000, -old],
    ]);
    expect(ticket.totals).toMatchObject({ due: euros(0), tax: euros(raised - old) });
  });

  test("adds tax on top by the rate of the moment where prices are without it", async () => {
    planned({ ...PLANNED, mode: "exclusive" });
    await till.verbs.addItem({ variant: MUG, quantity: 1 });
    expect(till.basket.due).toEqual(euros(850 + Math.round(8.5 * 19)));
    till.clock.pass(untilMidnight());
    expect(till.basket.due).toEqual(euros(850 + Math.round(8.5 * 21)));
  });
});

test("what the server tells as holding since, with what held before, is taxed the same", async () => {
  till = await TillInMemory.open();
  await till.signIn();
  const [standard] = SETTINGS.tax.classes;
  planned({
    ...SETTINGS.tax,
    classes: [{ ...standard!, rates: [RAISED] }],
    former: [{ taxClass: STANDARD, until: TOMORROW, rates: standard!.rates }],
  });
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
  expect(till.basket.taxes).toMatchObject([{ ppm: 190_000 }]);
  till.clock.pass(untilMidnight());
  expect(till.basket.taxes).toMatchObject([{ ppm: 210_000 }]);
});

test("a day's report keeps what came back at the old rate apart from what was sold at the new one", async () => {
  const bench = await DrawerBench.open();
  till = bench.till;
  planned();
  await good(bench.openShift());
  await bench.sell();
  await good(bench.count(10_850));
  await good(bench.close());
  till.clock.pass(untilMidnight());
  await good(bench.openShift());
  const { ticket } = till.journal.facts("ticket.completed")[0]!;
  await good(till.verbs.openReturn({ code: ticket.number }));
  const purchase = { kind: "ticket", id: ticket.id } as const;
  await good(till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW }));
  await good(till.verbs.giveBack({ amount: euros(850), to: { kind: "cash" } }));
  await completed(till);
  await bench.sell();
  const { report } = await good(bench.verbs.xReport({ approval: JOHANNA_ALLOWS }));
  expect(report.taxes).toMatchObject([
    { ppm: 190_000, tax: euros(-within(850, 19)) },
    { ppm: 210_000, tax: euros(within(850, 21)) },
  ]);
});
