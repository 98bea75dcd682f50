import { beforeEach, describe, expect, test } from "vitest";
import { ROLE_PERMISSIONS } from "#domain/staff/permissions.ts";
import { DAY_MS, DrawerBench, good, JOHANNA_ALLOWS } from "../testing/drawer-bench.ts";
import { euros, MUG, SETTINGS, settingsWith } from "../testing/shop-fixture.ts";

let bench: DrawerBench;
beforeEach(async () => {
  bench = await DrawerBench.open();
});

function counts() {
  return bench.till.journal.facts("shift.counted").map(({ count }) => count.total.minor);
}

describe("a day at one drawer", () => {
  test("goes from the float to the Z report, and every sum fits", async () => {
    await good(bench.openShift());
    await bench.sell(1_000);
    await bench.sell(850);
    expect(await good(bench.count(11_700))).toEqual({
      counted: euros(11_700),
      expected: euros(11_700),
      variance: euros(0),
      needs: "nothing",
    });
    await good(bench.close());
    const { report } = await good(bench.closeDay());
    expect(report).toMatchObject({
      kind: "z",
      number: 1,
      businessDay: "2026-11-24",
      turnover: euros(1_700),
      grandTotal: euros(1_700),
      receipts: { count: 2, first: "BER1-03-000001", last: "BER1-03-000002" },
      tenders: [{ kind: "cash", count: 2, in: euros(1_700), out: euros(0) }],
      drawers: [
        {
          float: euros(10_000),
          cashIn: euros(1_700),
          expected: euros(11_700),
          variance: euros(0),
          kept: euros(10_000),
        },
      ],
    });
    expect(bench.shift).toMatchObject({
      mine: null,
      nextZ: 2,
      salesSinceZ: 0,
      suggestedFloat: euros(10_000),
    });
  });

  test("stands on each of its tickets", async () => {
    await good(bench.openShift());
    const { shift } = bench.mine;
    await bench.sell();
    expect(bench.till.journal.facts("ticket.completed").map(({ ticket }) => ticket.shift)).toEqual([shift]);
  });

  test("begins with the usual float, and after a close with what was left in the drawer", async () => {
    expect(bench.shift.suggestedFloat).toEqual(euros(10_000));
    await good(bench.openShift());
    await good(bench.count(10_000));
    await good(bench.close({ kept: euros(7_500) }));
    expect(bench.shift.suggestedFloat).toEqual(euros(7_500));
    await good(bench.closeDay());
    await bench.till.restart();
    await bench.till.signIn();
    expect(bench.shift.suggestedFloat).toEqual(euros(7_500));
  });

  test("may have several shifts, and the Z report has them all", async () => {
    for (let shift = 0; shift < 2; shift += 1) {
      await good(bench.openShift());
      await bench.sell();
      await good(bench.count(10_850));
      await good(bench.close());
    }
    const { report } = await good(bench.closeDay());
    expect(report.drawers.map(({ expected }) => expected)).toEqual([euros(10_850), euros(10_850)]);
    expect(report.turnover).toEqual(euros(1_700));
  });
});

describe("without an open shift", () => {
  test("nothing is rung up or paid where the store wants one", async () => {
    expect(await bench.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "shiftNeeded",
    });
    expect(await bench.verbs.takeCash({ tendered: euros(850) })).toEqual({
      ok: false,
      reason: "shiftNeeded",
    });
  });

  test("a store that asks for none sells as before, and its tickets are of no shift", async () => {
    bench.policy({ requireShift: false });
    await bench.sell();
    const [sold] = bench.till.journal.facts("ticket.completed");
    expect(sold && "shift" in sold.ticket).toBe(false);
    expect((await good(bench.closeDay())).report).toMatchObject({ turnover: euros(850), drawers: [] });
  });

  test("a store that says nothing of cash sells as before", async () => {
    bench.till.replica.put("settings", SETTINGS);
    expect((await bench.sell()).due).toEqual(euros(850));
    expect(bench.shift).toMatchObject({ required: false, drawer: "shared", suggestedFloat: null });
  });

  test("no cash is moved, and what is not open is neither counted nor closed", async () => {
    await bench.till.signIn("johanna");
    expect(await bench.move("in", 500)).toEqual({ ok: false, reason: "noShift" });
    await good(bench.openShift());
    const { shift } = bench.mine;
    await good(bench.count(10_000));
    await good(bench.close());
    expect(await bench.count(10_000, shift)).toEqual({ ok: false, reason: "noShift" });
    expect(await bench.close({ shift })).toEqual({ ok: false, reason: "noShift" });
  });
});

describe("opening", () => {
  test("is refused while the shared drawer is open already", async () => {
    await good(bench.openShift());
    await bench.till.signIn("tarek");
    expect(await bench.openShift()).toEqual({ ok: false, reason: "alreadyOpen" });
  });

  test("is refused with a float of coins that there are not, or that do not come to their sum", async () => {
    const { verbs } = bench;
    const odd = { pieces: [{ face: 7, pieces: 1 }], total: euros(7) };
    const short = { pieces: [{ face: 100, pieces: 3 }], total: euros(200) };
    for (const float of [odd, short])
      expect(await verbs.openShift({ float, approval: null })).toEqual({ ok: false, reason: "badCount" });
  });

  test("leaves nothing behind when the disk is full", async () => {
    bench.till.journal.fail(new Error("disk full"));
    expect(await bench.openShift()).toEqual({ ok: false, reason: "storage" });
    bench.till.journal.fail(null);
    expect(bench.shift.mine).toBeNull();
    expect(bench.till.troubles).toHaveLength(1);
  });
});

describe("counting", () => {
  test("is blind for a cashier and not for a manager, unless the store wants it open", async () => {
    await good(bench.openShift());
    expect(bench.mine.expected).toBeNull();
    await bench.till.signIn("johanna");
    expect(bench.mine.expected).toEqual(euros(10_000));
    await bench.till.signIn("mira");
    bench.policy({ blindCount: false });
    expect(bench.mine.expected).toEqual(euros(10_000));
  });

  test("is written down each time: nobody counts until it fits", async () => {
    await good(bench.openShift());
    await good(bench.count(9_000));
    await good(bench.count(10_000));
    expect(counts()).toEqual([9_000, 10_000]);
    // The first count told how much there should be.
    expect(await bench.close()).toEqual({ ok: false, reason: "reasonNeeded" });
    expect(await bench.close({ reason: "A roll was overlooked" })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    await bench.till.restart();
    await bench.till.signIn("mira");
    await good(bench.close({ reason: "A roll was overlooked", approval: JOHANNA_ALLOWS }));
    expect(bench.till.journal.facts("shift.closed")).toMatchObject([
      { variance: euros(0), reason: "A roll was overlooked", approvedBy: "johanna" },
    ]);
  });

  test("is counted again without a word where everybody may see how much there is", async () => {
    await good(bench.openShift());
    bench.policy({ blindCount: false });
    await good(bench.count(9_000));
    await good(bench.count(10_000));
    await good(bench.close());
  });

  test("counts only while no cash moves after it", async () => {
    await good(bench.openShift());
    expect(await bench.close()).toEqual({ ok: false, reason: "notCounted" });
    await good(bench.count(10_000));
    await bench.sell();
    expect(await bench.close()).toEqual({ ok: false, reason: "notCounted" });
    await good(bench.count(10_850));
    await bench.sellByCard();
    await good(bench.close());
  });
});

describe("a drawer that is off", () => {
  beforeEach(async () => {
    await good(bench.openShift());
  });

  test("by less than the store minds is closed without a word", async () => {
    expect(await good(bench.count(9_800))).toMatchObject({ variance: euros(-200), needs: "nothing" });
    await good(bench.close({ kept: euros(9_800) }));
    expect(bench.till.journal.facts("shift.closed")).toMatchObject([
      { variance: euros(-200), approvedBy: null },
    ]);
  });

  test.each([9_799, 10_201])(
    "by more (%i cents are counted) wants a reason and a manager's PIN",
    async (counted) => {
      expect(await good(bench.count(counted))).toMatchObject({ needs: "approval" });
      const kept = euros(0);
      expect(await bench.close({ kept })).toEqual({ ok: false, reason: "reasonNeeded" });
      expect(await bench.close({ kept, reason: "Wrong change" })).toEqual({
        ok: false,
        reason: "approvalNeeded",
      });
      const wrong = { ...JOHANNA_ALLOWS, pin: "000000" };
      expect(await bench.close({ kept, reason: "Wrong change", approval: wrong })).toMatchObject({
        reason: "wrongPin",
      });
      await good(bench.close({ kept, reason: "Wrong change", approval: JOHANNA_ALLOWS }));
      const { report } = await good(bench.closeDay());
      expect(report.drawers).toMatchObject([
        { variance: euros(counted - 10_000), varianceReason: "Wrong change" },
      ]);
      expect(report.approvals).toBe(1);
    },
  );

  test("is closed by a manager with a reason alone", async () => {
    await bench.till.signIn("johanna");
    expect(await good(bench.count(5_000))).toMatchObject({ needs: "reason" });
    expect(await bench.close({ kept: euros(0) })).toEqual({ ok: false, reason: "reasonNeeded" });
    await good(bench.close({ kept: euros(0), reason: "Robbed" }));
  });

  test("leaves no more in the drawer than was counted", async () => {
    await good(bench.count(9_900));
    expect(await bench.close({ kept: euros(9_901) })).toEqual({ ok: false, reason: "keptTooMuch" });
  });
});

describe("money on the table", () => {
  beforeEach(async () => {
    await good(bench.openShift());
  });

  test("of a basket that is half paid is settled before the drawer or the day is closed", async () => {
    await bench.ring();
    await good(bench.verbs.takeCash({ tendered: euros(100) }));
    await good(bench.count(10_000));
    expect(await bench.close()).toEqual({ ok: false, reason: "openBaskets" });
    const [tender] = bench.till.basket.tenders;
    await good(bench.verbs.removeTender({ tender: tender!.id }));
    await good(bench.close());
    await good(bench.closeDay());
  });

  test("there is none in a parked basket: it stays for the next day", async () => {
    await bench.ring();
    await good(bench.verbs.parkBasket({ label: "Red coat" }));
    await good(bench.count(10_000));
    await good(bench.close());
    await good(bench.closeDay());
    expect(bench.till.shop.views.parked.current()).toMatchObject([{ label: "Red coat" }]);
  });
});

describe("money in and out without a sale", () => {
  beforeEach(async () => {
    await good(bench.openShift());
  });

  test("needs somebody who may, and changes what the drawer should hold", async () => {
    expect(await bench.move("out", 500)).toEqual({ ok: false, reason: "approvalNeeded" });
    await good(bench.move("out", 500, JOHANNA_ALLOWS));
    await bench.till.signIn("johanna");
    await good(bench.move("in", 2_000));
    await good(bench.move("pickup", 6_000));
    expect(bench.mine.expected).toEqual(euros(5_500));
    expect(bench.till.journal.facts("cash.moved").map(({ kind, approvedBy }) => [kind, approvedBy])).toEqual([
      ["out", "johanna"],
      ["in", null],
      ["pickup", null],
    ]);
  });

  test("takes no more out than there is", async () => {
    await bench.till.signIn("johanna");
    expect(await bench.move("pickup", 10_001)).toEqual({ ok: false, reason: "notEnoughCash" });
    expect(await bench.move("out", 0)).toEqual({ ok: false, reason: "amountNotPositive" });
    await good(bench.move("pickup", 10_000));
  });

  test("tells nobody who counts blind how much there is: what is too much is written down and comes out at the count", async () => {
    const roles = [
      { id: "cashier", permissions: [...ROLE_PERMISSIONS.cashier, "cash.move" as const] },
      { id: "manager", permissions: ROLE_PERMISSIONS.manager },
    ].map((role) => ({
      ...role,
      name: role.id,
      limits: { discountPpm: null, refund: null, priceOverridePpm: null },
    }));
    const { cash } = bench.till.replica.settings()!;
    bench.till.replica.put("settings", settingsWith({ cash: cash!, roles }));
    await good(bench.move("out", 10_001));
    expect(await good(bench.count(0))).toMatchObject({ expected: euros(-1), variance: euros(1) });
  });

  test("two at once never take out more than there is", async () => {
    await bench.till.signIn("johanna");
    const answers = await Promise.all([bench.move("out", 6_000), bench.move("pickup", 6_000)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(bench.mine.expected).toEqual(euros(4_000));
  });

  test("a full drawer asks for a pick-up", async () => {
    await bench.till.signIn("johanna");
    expect(bench.mine.pickupWanted).toBe(false);
    await good(bench.move("in", 20_001));
    expect(bench.mine.pickupWanted).toBe(true);
  });
});

describe("the drawer springs open", () => {
  test("at opening, cash sales, cash movements and without a sale, and not for a card", async () => {
    const printer = await bench.plugInPrinter();
    await good(bench.openShift());
    expect(printer.kicks).toBe(1);
    await bench.sell();
    expect(printer.kicks).toBe(2);
    await bench.sellByCard();
    expect(printer.kicks).toBe(2);
    await good(bench.move("in", 500, JOHANNA_ALLOWS));
    expect(printer.kicks).toBe(3);
    expect(await bench.verbs.openDrawer({ reason: "Change", approval: null })).toEqual({
      ok: false,
      reason: "approvalNeeded",
    });
    await good(bench.verbs.openDrawer({ reason: "Change", approval: JOHANNA_ALLOWS }));
    expect(printer.kicks).toBe(4);
    const [opened] = bench.till.journal.facts("drawer.opened");
    expect(opened).toMatchObject({ shift: bench.mine.shift, reason: "Change", approvedBy: "johanna" });
  });

  test("not by word alone where there is no printer to open it", async () => {
    expect(await bench.verbs.openDrawer({ reason: "Change", approval: JOHANNA_ALLOWS })).toEqual({
      ok: false,
      reason: "noPrinter",
    });
  });
});

describe("a forgotten shift", () => {
  beforeEach(async () => {
    await good(bench.openShift());
    await bench.sell();
    bench.till.clock.pass(DAY_MS);
  });

  test("is closed under its own day before anything else is sold", async () => {
    expect(bench.mine).toMatchObject({ forgotten: true, businessDay: "2026-11-24" });
    expect(await bench.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "shiftForgotten",
    });
    await good(bench.count(10_850));
    await good(bench.close());
    expect(bench.till.journal.facts("shift.closed")).toMatchObject([{ businessDay: "2026-11-24" }]);
    expect((await good(bench.closeDay())).report).toMatchObject({ number: 1, businessDay: "2026-11-24" });
    await good(bench.openShift());
    await bench.sell();
    await good(bench.count(10_850));
    await good(bench.close());
    expect((await good(bench.closeDay())).report).toMatchObject({ number: 2, businessDay: "2026-11-25" });
  });

  test("whose day got no Z report gets it when the next day is opened: no report has two days in it", async () => {
    await good(bench.count(10_850));
    await good(bench.close());
    await good(bench.openShift());
    expect(
      bench.till.journal.facts("day.closed").map(({ report }) => [report.number, report.businessDay]),
    ).toEqual([[1, "2026-11-24"]]);
    expect(bench.mine).toMatchObject({ forgotten: false, businessDay: "2026-11-25" });
  });

  test("still takes what was paid before midnight", async () => {
    bench.till.clock.pass(-DAY_MS);
    await bench.ring();
    await good(bench.verbs.takeCash({ tendered: euros(850) }));
    bench.till.clock.pass(DAY_MS);
    await good(bench.verbs.completeSale({ basket: bench.till.basket.id }));
    await bench.till.signIn("johanna");
    expect(bench.mine.expected).toEqual(euros(11_700));
  });
});

describe("a basket that midnight finds half paid", () => {
  test("is paid for to the end, and then the drawer is closed under its own day", async () => {
    await good(bench.openShift());
    await bench.ring();
    await good(bench.verbs.takeCash({ tendered: euros(100) }));
    bench.till.clock.pass(DAY_MS);
    expect(await bench.close()).toEqual({ ok: false, reason: "notCounted" });
    await good(bench.verbs.takeCash({ tendered: euros(750) }));
    await good(bench.verbs.completeSale({ basket: bench.till.basket.id }));
    expect(await bench.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "shiftForgotten",
    });
    await good(bench.count(10_850));
    await good(bench.close());
  });
});

describe("where each colleague has a drawer of their own", () => {
  beforeEach(async () => {
    bench.policy({ drawer: "own" });
    await good(bench.openShift(5_000));
    await bench.sell();
    await bench.till.signIn("tarek");
  });

  test("each opens one, and sales go into that of who is on duty", async () => {
    expect(await bench.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "shiftNeeded",
    });
    await good(bench.openShift(2_000));
    await bench.sell();
    await bench.sell();
    bench.policy({ drawer: "own", blindCount: false });
    expect(bench.shift.open.map(({ owner, expected }) => [owner?.name, expected])).toEqual([
      ["Mira Albers", euros(5_850)],
      ["Tarek Yilmaz", euros(3_700)],
    ]);
  });

  test("a colleague's is counted and closed by them or by a manager", async () => {
    const [ofMira] = bench.shift.open;
    const { shift } = ofMira!;
    expect(await bench.count(5_850, shift)).toEqual({ ok: false, reason: "notPermitted" });
    await bench.till.signIn("johanna");
    await good(bench.count(5_850, shift));
    await bench.till.signIn("tarek");
    const kept = euros(0);
    expect(await bench.close({ shift, kept })).toEqual({ ok: false, reason: "approvalNeeded" });
    await good(bench.close({ shift, kept, approval: JOHANNA_ALLOWS }));
    await good(bench.closeDay());
  });

  test("one that is still open keeps the day open", async () => {
    expect(await bench.closeDay()).toEqual({ ok: false, reason: "shiftOpen" });
  });

  test("another's forgotten drawer stops nobody but its owner", async () => {
    bench.till.clock.pass(DAY_MS);
    await good(bench.openShift(2_000));
    await bench.sell();
    await bench.till.signIn("mira");
    expect(await bench.verbs.addItem({ variant: MUG, quantity: 1 })).toEqual({
      ok: false,
      reason: "shiftForgotten",
    });
  });
});
