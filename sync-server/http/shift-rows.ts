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

  async staff(staff: StaffId | null): Promise<string> {
    if (staff === null) return "";
    const known = this.#staff.get(staff) ?? (await staffName(this.#tx, staff));
    this.#staff.set(staff, known);
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
  for (const act of acts) rows.push(await actRowOf(names, act));
  return {
    ...rest,
    ...(await names.store(store)),
    owner: owner === null ? null : await names.staff(owner),
    openedBy: await names.staff(openedBy),
    acts: rows,
    closed: closed === null ? null : { ...closed, ...(await doneBy(names, closed)) },
  };
}

async function actRowOf(names: ShiftNames, { id: _, ...act }: DrawerAct): Promise<DrawerActRow> {
  return { ...act, ...(await doneBy(names, act)) };
}

async function doneBy(
  names: ShiftNames,
  { by, approvedBy }: Pick<DrawerAct, "by" | "approvedBy">,
): Promise<{ readonly by: string; readonly approvedBy: string | null }> {
  return {
    by: await names.staff(by),
    approvedBy: approvedBy === null ? null : await names.staff(approvedBy),
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
    madeBy: await names.staff(madeBy),
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
  for (const { shift } of report.drawers) {
    const known = await tx.shift(shift);
    if (known !== null) shifts.push(await shiftRowOf(names, known));
  }
  return { row: await zReportRowOf(names, booked), report, shifts, names: await calledIn(names, report) };
}

/** The names of all whom a report names, by their ids. */
export async function calledIn(
  names: ShiftNames,
  { madeBy, drawers, staff }: Pick<DayReport, "madeBy" | "drawers" | "staff">,
): Promise<Readonly<Record<string, string>>> {
  const called: Record<string, string> = {};
  const owners = drawers.flatMap(({ owner }) => owner ?? []);
  for (const id of [madeBy, ...owners, ...staff.map((each) => each.staff)])
    called[id] = await names.staff(id);
  return called;
}

/** What the drawers that were counted are off by, taken together. */
function varianceOf({ drawers, currency }: DayReport) {
  return drawers.reduce(
    (sum, { variance }) => (variance?.currency === currency ? addMoney(sum, variance) : sum),
    zeroMoney(currency),
  );
}
