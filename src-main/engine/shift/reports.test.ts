import { beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, DrawerBench, good, JOHANNA_ALLOWS } from "../testing/drawer-bench.ts";
import { euros } from "../testing/shop-fixture.ts";

let bench: DrawerBench;
beforeEach(async () => {
  bench = await DrawerBench.open();
});

function textOf(rows: readonly object[]): string {
  return JSON.stringify(rows);
}

describe("an X report", () => {
  test("reads the day without closing it, for those who may", async () => {
    await good(bench.openShift());
    await bench.sell();
    expect(await bench.verbs.xReport({ approval: null })).toEqual({ ok: false, reason: "approvalNeeded" });
    const { report, paper } = await good(bench.verbs.xReport({ approval: JOHANNA_ALLOWS }));
    expect(report).toMatchObject({ kind: "x", number: 1, turnover: euros(850) });
    expect(report.drawers).toMatchObject([{ counted: null, variance: null, closedAt: null }]);
    expect(textOf(paper.rows)).toContain("X-Bericht");
    expect(bench.till.journal.facts("day.closed")).toEqual([]);
    expect(bench.shift.salesSinceZ).toBe(1);
  });
});

describe("a Z report", () => {
  test("is refused while a shift is open, and where nothing happened", async () => {
    expect(await bench.closeDay()).toEqual({ ok: false, reason: "nothingToClose" });
    await good(bench.openShift());
    expect(await bench.closeDay()).toEqual({ ok: false, reason: "shiftOpen" });
  });

  test("is made once, however often it is asked for", async () => {
    await good(bench.openShift());
    await good(bench.count(10_000));
    await good(bench.close());
    const answers = await Promise.all([bench.closeDay(), bench.closeDay()]);
    expect(answers.map((answer) => (answer.ok ? answer.value.report.number : answer.reason))).toEqual([
      1,
      "nothingToClose",
    ]);
  });

  test("is numbered without a gap over days and restarts, and the grand total grows", async () => {
    for (let day = 1; day <= 3; day += 1) {
      const { report } = await bench.wholeDay();
      expect(report).toMatchObject({ number: day, grandTotal: euros(850 * day), turnover: euros(850) });
      bench.till.clock.pass(DAY_MS);
      await bench.till.restart();
      await bench.till.signIn();
    }
    const { verbs } = bench;
    expect(
      (await verbs.zReports({ limit: 10 })).map(({ number, businessDay }) => [number, businessDay]),
    ).toEqual([
      [3, "2026-11-26"],
      [2, "2026-11-25"],
      [1, "2026-11-24"],
    ]);
    expect(await verbs.zReports({ limit: 2 })).toHaveLength(2);
    expect((await good(verbs.zReport({ number: 2 }))).report).toMatchObject({
      number: 2,
      turnover: euros(850),
    });
    expect(await verbs.zReport({ number: 4 })).toEqual({ ok: false, reason: "noSuchReport" });
  });

  test("is of every entry since the last one, each in one report", async () => {
    const spans = [(await bench.wholeDay()).report.span, (await bench.wholeDay()).report.span];
    const { entries } = bench.till.journal;
    const closes = entries.filter(({ fact }) => fact.type === "day.closed").map(({ seq }) => seq);
    expect(spans.map(({ from, until }) => [from.seq, until.seq])).toEqual([
      [1, closes[0]! - 1],
      [closes[0]! + 1, closes[1]! - 1],
    ]);
  });

  test("counts what a till is asked about: openings, reprints, allowed acts, the printer that was set up among them", async () => {
    await bench.plugInPrinter();
    await good(bench.openShift());
    const { ticket } = await bench.sell();
    await good(bench.verbs.openDrawer({ reason: "Change", approval: JOHANNA_ALLOWS }));
    await good(bench.move("in", 100, JOHANNA_ALLOWS));
    await good(bench.verbs.reprint({ ticket, kind: "copy" }));
    await good(bench.count(10_950));
    await good(bench.close());
    expect((await good(bench.closeDay())).report).toMatchObject({
      drawerOpenings: 1,
      reprints: 1,
      approvals: 3,
    });
  });

  test("closes offline, and says how many entries had not been sent", async () => {
    await good(bench.openShift());
    await bench.sell();
    await good(bench.count(10_850));
    await good(bench.close());
    const before = bench.till.journal.entries.length;
    const { report } = await good(bench.closeDay());
    expect(report.unsent).toBe(before);
    expect(await bench.verbs.zReports({ limit: 1 })).toMatchObject([{ sent: false }]);
    bench.till.journal.acknowledge(before + 1);
    expect(await bench.verbs.zReports({ limit: 1 })).toMatchObject([{ sent: true }]);
  });

  test("is printed, and printed again", async () => {
    const printer = await bench.plugInPrinter();
    await bench.wholeDay();
    expect(textOf(printer.printed.at(-1) ?? [])).toContain("Z-Bericht");
    const before = printer.printed.length;
    await good(bench.verbs.printReport({ number: 1, approval: null }));
    expect(printer.printed).toHaveLength(before + 1);
    expect(printer.printed.at(-1)).toEqual(printer.printed.at(-2));
  });

  test("cannot be printed where there is no printer, and is there all the same", async () => {
    await bench.wholeDay();
    expect(await bench.verbs.printReport({ number: 1, approval: null })).toEqual({
      ok: false,
      reason: "noPrinter",
    });
    await good(bench.verbs.zReport({ number: 1 }));
  });

  test("is handed on as a file that the till draws itself, also while it is cut off", async () => {
    bench.till.server.goOffline();
    await bench.wholeDay();
    const { name, pdf } = await good(bench.verbs.reportFile({ number: 1 }));
    expect(name).toBe("Z-BER1-03-0001.pdf");
    expect(Buffer.from(pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    expect(await bench.verbs.reportFile({ number: 2 })).toEqual({ ok: false, reason: "noSuchReport" });
  });

  test("is not lost by a full disk: the day stays open", async () => {
    await good(bench.openShift());
    await good(bench.count(10_000));
    await good(bench.close());
    bench.till.journal.fail(new Error("disk full"));
    expect(await bench.closeDay()).toEqual({ ok: false, reason: "storage" });
    bench.till.journal.fail(null);
    expect((await good(bench.closeDay())).report.number).toBe(1);
  });
});

describe("a till that is started again in the middle of a day", () => {
  test("knows its drawer, its count and its sums", async () => {
    await good(bench.openShift());
    await bench.sell();
    await good(bench.count(10_850));
    const before = bench.shift;
    await bench.till.restart();
    expect(bench.till.shop.views.shift.current()).toBeNull();
    await bench.till.signIn();
    expect(bench.shift).toEqual(before);
    await good(bench.close());
    expect((await good(bench.closeDay())).report.turnover).toEqual(euros(850));
  });
});
