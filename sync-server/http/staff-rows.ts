import { idOf, type StaffId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Commission } from "#domain/staff/commission.ts";
import { type WorkSpan, workedMs } from "#domain/staff/hours.ts";
import type { StaffLogEntry } from "#domain/staff/log.ts";
import type { Role } from "#domain/staff/role.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ColleagueRow, CommissionRow, StaffLogRow, WorkSpanRow } from "#protocol/hq/staff.ts";
import { csvOf } from "../staff/csv.ts";
import type { Colleague } from "../staff/port.ts";
import type { DeviceRecord } from "../storage/port.ts";

export interface StaffNames {
  readonly stores: readonly StoreSettings[];
  readonly staff: ReadonlyMap<string, string>;
}

export function colleagueRowOf(
  { member, stores: works }: Colleague,
  { stores, roles }: { readonly stores: readonly StoreSettings[]; readonly roles: readonly Role[] },
): ColleagueRow {
  const { id, name, role, active, badge } = member;
  return {
    id,
    name,
    role: idOf<"Role">(role),
    roleName: roles.find((each) => each.id === role)?.name ?? "",
    stores:
      works === null ? null : stores.filter(({ store }) => works.includes(store)).map(({ code }) => code),
    active,
    hasBadge: badge !== undefined,
  };
}

export function workSpanRowOf(span: WorkSpan, { stores, staff }: StaffNames): WorkSpanRow {
  const store = stores.find((each) => each.store === span.store);
  return {
    id: span.id,
    staff: span.staff,
    staffName: staff.get(span.staff) ?? span.staff,
    store: store?.code ?? "",
    timeZone: store?.timeZone ?? "UTC",
    day: span.day,
    times: span.times,
    clocked: span.clocked,
    state: span.state,
    workedMs: workedMs(span),
    corrections: span.corrections.map(({ id, from, until, reason, by, at }) => ({
      id,
      from,
      until,
      reason,
      by,
      at,
    })),
  };
}

export function staffLogRowOf(
  entry: StaffLogEntry,
  { stores, staff, devices }: StaffNames & { readonly devices: readonly DeviceRecord[] },
): StaffLogRow {
  const store = stores.find((each) => each.store === entry.store);
  const nameOf = (id: StaffId | null) => (id === null ? "" : (staff.get(id) ?? id));
  return {
    id: entry.id,
    kind: entry.kind,
    at: entry.at,
    store: store?.code ?? "",
    timeZone: store?.timeZone ?? "UTC",
    register: devices.find(({ id }) => id === entry.device)?.register ?? null,
    staffName: nameOf(entry.staff),
    approvedByName: nameOf(entry.approvedBy),
    permission: entry.permission,
    what: entry.what,
    amount: entry.amount,
  };
}

export function commissionRowOf(commission: Commission, staff: ReadonlyMap<string, string>): CommissionRow {
  const { staff: id } = commission;
  return { ...commission, staffName: id === null ? "" : (staff.get(id) ?? id) };
}

export function commissionCsv(rows: readonly CommissionRow[]): string {
  return csvOf([
    ["colleague", "id", "currency", "lines", "pieces", "pieces returned", "sold", "returned", "total", "net"],
    ...rows.map((row) => [
      row.staffName,
      row.staff ?? "",
      row.total.currency,
      ...[row.lines, row.pieces, row.returnedPieces].map(String),
      ...[row.sold, row.returned, row.total, row.net].map(decimalText),
    ]),
  ]);
}

const MINUTE_MS = 60_000;

export function timeClockCsv(rows: readonly WorkSpanRow[]): string {
  return csvOf([
    ["colleague", "id", "store", "day", "from", "until", "minutes", "state", "corrected", "reason"],
    ...rows.map((row) => [
      row.staffName,
      row.staff,
      row.store,
      row.day,
      isoOf(row.times.from),
      isoOf(row.times.until),
      row.workedMs === null ? "" : String(Math.round(row.workedMs / MINUTE_MS)),
      row.state,
      row.corrections.length > 0 ? "yes" : "no",
      row.corrections.at(-1)?.reason ?? "",
    ]),
  ]);
}

function isoOf(at: number | null): string {
  return at === null ? "" : new Date(at).toISOString();
}
