import type { StoreAsk } from "#domain/access/roles.ts";
import type { BusinessDay, Instant, StaffId, StoreId } from "#domain/ids.ts";
import type { CommissionAmount, CommissionLine } from "#domain/staff/commission.ts";
import type { ClockCorrection, ClockStamp } from "#domain/staff/hours.ts";
import type { StaffLogEntry, StaffLogKind } from "#domain/staff/log.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";

/** Somebody who works for the retailer, and where: in these stores, null: in all, also in those that are opened later. */
export interface Colleague {
  readonly member: StaffMember;
  readonly stores: readonly StoreId[] | null;
}

/** Which entries of the log: what somebody had to allow, or those of some kinds. */
export type StaffLogFilter =
  | { readonly only: "allowed" }
  | { readonly only: "kinds"; readonly kinds: readonly StaffLogKind[] };

export interface StaffReads {
  colleague(id: StaffId): Promise<Colleague | null>;
  /** By name. `store`: those who work there, also since they work everywhere. */
  colleagues(ask: {
    readonly store: StoreAsk;
    readonly active: boolean | null;
    readonly search: string;
  }): Promise<readonly Colleague[]>;
  /** What everybody is called who ever worked here. */
  staffNames(): Promise<ReadonlyMap<string, string>>;

  /** The newest first. `until` is not in it. */
  staffLog(ask: {
    readonly filter: StaffLogFilter;
    readonly store: StoreAsk;
    readonly staff: StaffId | null;
    readonly from: Instant;
    readonly until: Instant;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly entries: readonly StaffLogEntry[]; readonly total: number }>;
  /** Clockings in and out of a period, and those that corrections move into it; in the order in which they happened. */
  clockStamps(period: { readonly from: Instant; readonly until: Instant }): Promise<readonly ClockStamp[]>;
  clockStamp(id: string): Promise<ClockStamp | null>;
  /** Every correction of a span that begins in a period, by its clock or by any correction of it. */
  clockCorrections(period: {
    readonly from: Instant;
    readonly until: Instant;
  }): Promise<readonly ClockCorrection[]>;
  clockCorrection(id: string): Promise<ClockCorrection | null>;

  /** What was sold and came back on these days, both in it, put together by whom it counts for. */
  commissionAmounts(ask: {
    readonly from: BusinessDay;
    readonly until: BusinessDay;
    readonly store: StoreAsk;
  }): Promise<readonly CommissionAmount[]>;
}

export interface StaffWrites {
  putColleague(colleague: Colleague): Promise<void>;
  /** False when it was noted before. */
  addStaffLog(entry: StaffLogEntry): Promise<boolean>;
  addClockCorrection(correction: ClockCorrection): Promise<void>;
  /** What tickets do for commission; what was noted of one before stays. */
  addCommission(
    of: readonly {
      readonly ticket: Pick<Ticket, "id" | "store" | "businessDay">;
      readonly lines: readonly CommissionLine[];
    }[],
  ): Promise<void>;
}
