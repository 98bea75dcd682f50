import type { StaffId, StoreId } from "#domain/ids.ts";
import { addMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { BookedShift, DrawerAct } from "#domain/shift/booked-shift.ts";
import type { DayReport } from "#domain/shift/report.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { DrawerActRow, ShiftRow, ZReportDetail, ZReportRow } from "#protocol/hq/shifts.ts";
import { staffName } from "../orders/staff-name.ts";
import type { BookedReport } from "../shifts/port.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Names of colleagues and stores, each looked up once. */
export class ShiftNames {
  readonly #tx: ReadTransaction;
  readonly #staff = new Map<string, string>();
  #stores: readonly StoreSettings[] | null = null;

  constructor(tx: ReadTransaction) {
    this.#tx = tx;
  }

  async staff(store: StoreId, staff: StaffId | null): Promise<string> {
    const key = `${store} ${staff}`;
    const known = this.#staff.get(key) ?? (await staffName(this.#tx, { store, staff }));
    this.#staff.set(key, known);
    return known;
  }

  async store(id: StoreId): Promise<{ readonly store: string; readonly storeName: string }> {
    this.#stores ??= await this.#tx.stores();
    const found = this.#stores.find(({ store }) => store === id);
    return { store: found?.code ?? "", storeName: found?.name ?? "" };
  }
}

export async function shiftRowOf(names: ShiftNames, shift: BookedShift): Promise<ShiftRow> {
  const { store, device: _, owner, openedBy, acts, closed, ...rest } = shift;
  const rows: DrawerActRow[] = [];
  for (const act of acts) rows.push(await actRowOf(names, store, act));
  return {
    ...rest,
    ...(await names.store(store)),
    owner: owner === null ? null : await names.staff(store, owner),
    openedBy: await names.staff(store, openedBy),
    acts: rows,
    closed: closed === null ? null : { ...closed, ...(await doneBy(names, store, closed)) },
  };
}

async function actRowOf(
  names: ShiftNames,
  store: StoreId,
  { id: _, ...act }: DrawerAct,
): Promise<DrawerActRow> {
  return { ...act, ...(await doneBy(names, store, act)) };
}

async function doneBy(
  names: ShiftNames,
  store: StoreId,
  { by, approvedBy }: Pick<DrawerAct, "by" | "approvedBy">,
): Promise<{ readonly by: string; readonly approvedBy: string | null }> {
  return {
    by: await names.staff(store, by),
    approvedBy: approvedBy === null ? null : await names.staff(store, approvedBy),
  };
}

export async function zReportRowOf(
  names: ShiftNames,
  { entry, report, receivedAt }: BookedReport,
): Promise<ZReportRow> {
  const { store, register, number, businessDay, madeAt, madeBy, receipts, turnover } = report;
  return {
    id: entry,
    ...(await names.store(store)),
    register,
    number,
    businessDay,
    madeAt,
    madeBy: await names.staff(store, madeBy),
    receipts: receipts.count,
    turnover,
    variance: varianceOf(report),
    receivedAt,
  };
}

export async function zReportDetailOf(tx: ReadTransaction, booked: BookedReport): Promise<ZReportDetail> {
  const { report } = booked;
  const names = new ShiftNames(tx);
  const shifts: ShiftRow[] = [];
  const called: Record<string, string> = {};
  for (const { shift } of report.drawers) {
    const known = await tx.shift(shift);
    if (known !== null) shifts.push(await shiftRowOf(names, known));
  }
  const owners = report.drawers.flatMap(({ owner }) => owner ?? []);
  for (const staff of [report.madeBy, ...owners, ...report.staff.map((each) => each.staff)])
    called[staff] = await names.staff(report.store, staff);
  return { row: await zReportRowOf(names, booked), report, shifts, names: called };
}

/** What the drawers that were counted are off by, taken together. */
function varianceOf({ drawers, currency }: DayReport) {
  return drawers.reduce(
    (sum, { variance }) => (variance?.currency === currency ? addMoney(sum, variance) : sum),
    zeroMoney(currency),
  );
}
