import type { StoreAsk } from "#domain/access/roles.ts";
import type { BusinessDay, DeviceId, EntryId, Instant, ShiftId } from "#domain/ids.ts";
import type { BookedShift } from "#domain/shift/booked-shift.ts";
import type { DayReport } from "#domain/shift/report.ts";

/** A Z report as it was told. */
export interface BookedReport {
  /** Of the entry that tells of it; it keeps it when it is carried over. */
  readonly entry: EntryId;
  readonly report: DayReport;
  readonly receivedAt: Instant;
}

export interface ShiftReads {
  shift(id: ShiftId): Promise<BookedShift | null>;
  /** Newest first. */
  shifts(ask: {
    readonly store: StoreAsk;
    readonly onlyOpen: boolean;
    readonly limit: number;
  }): Promise<readonly BookedShift[]>;
  zReport(entry: EntryId): Promise<BookedReport | null>;
  /** Newest first. */
  zReports(ask: {
    readonly store: StoreAsk;
    readonly day: BusinessDay | null;
    readonly limit: number;
  }): Promise<{ readonly reports: readonly BookedReport[]; readonly total: number }>;
  /** Numbers of the Z reports of a till, each as often as it was told, in order. */
  zNumbers(device: DeviceId): Promise<readonly number[]>;
}

export interface ShiftWrites {
  putShift(shift: BookedShift): Promise<void>;
  /** False where this entry's report is known. */
  addZReport(booked: BookedReport): Promise<boolean>;
}
