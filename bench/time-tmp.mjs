import { ACROSS, ACROSS_NAMES } from "#domain/reports/across.ts";
import { SALES_YEAR, storeAt } from "/work/wt/reports/bench/shop/sales.ts";
import { ticketsAskOf } from "/work/wt/reports/sync-server/reports/question.ts";
import { answerAside } from "/work/wt/reports/sync-server/storage/sql/aside-reads.ts";
import { SqliteDatabase } from "/work/wt/reports/sync-server/storage/sqlite/database.ts";

const file = process.argv[2];
const only = process.argv[3] ?? "";
const db = new SqliteDatabase(file, { readOnly: true });
const time = async (name, f) => {
  if (!name.includes(only)) return;
  await f();
  const c = process.cpuUsage();
  const t = performance.now();
  await f();
  const w = performance.now() - t;
  const u = process.cpuUsage(c);
  console.log(name.padEnd(36), "cpu", Math.round((u.user + u.system) / 1000), "wall", Math.round(w));
};
for (const report of ACROSS_NAMES) {
  const filter = { ...SALES_YEAR, report, stores: null, channels: null };
  for (const group of ACROSS[report].groups) {
    if (report === "sellThrough")
      await time(`${report}.${group}`, () =>
        answerAside(db, "sellThrough", { filter, group, before: null, offset: 0, limit: 100 }),
      );
    else
      await time(`${report}.${group}`, () =>
        answerAside(db, "acrossReport", { filter, group, before: null }),
      );
  }
  const currency = report === "sellThrough" ? "XXX" : "EUR";
  for (const key of [storeAt(0), null])
    await time(`${report}.behind.${key === null ? "all" : "store"}`, () =>
      answerAside(db, "acrossBehind", { filter, group: "store", key, currency, after: null, limit: 50 }),
    );
}
for (const report of ["sales", "tenders", "taxes", "discounts", "promotions"]) {
  const q = {
    report,
    group: "store",
    period: SALES_YEAR,
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  };
  await time(`tickets.${report}`, () =>
    answerAside(db, "reportTickets", ticketsAskOf(q, { key: null, currency: "EUR", after: null, limit: 50 })),
  );
}
