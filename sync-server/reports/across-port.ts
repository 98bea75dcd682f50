import type { BusinessDay, Instant, StoreId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import type { AcrossFact, AcrossName, AcrossSubject } from "#domain/reports/across.ts";
import type { AcrossRows, Measured } from "#domain/reports/across-rows.ts";
import type { Period } from "#domain/reports/period.ts";
import type { ReportGroup } from "#domain/reports/reports.ts";

/** Something of before there were these reports, that they do not count yet. */
export interface Uncounted {
  readonly kind: AcrossSubject | "mailReturn" | "promoted";
  readonly id: string;
}

export interface AcrossReads {
  notReported(limit: number): Promise<readonly Uncounted[]>;
}

export interface AcrossWrites {
  /** The same of something that these reports count for the first time. */
  addAcrossFacts(facts: readonly AcrossFact[]): Promise<void>;
  /** All that reports across channels add up of one ticket, order or shift, in place of what they did. */
  putAcrossFacts(
    about: { readonly kind: AcrossSubject; readonly id: string },
    facts: readonly AcrossFact[],
  ): Promise<void>;
  /** Nothing is left of it that could be counted. */
  dropUncounted(one: Uncounted): Promise<void>;
}

/** Which facts are added up; null: all. */
export interface AcrossFilter extends Period {
  readonly report: AcrossName;
  readonly stores: readonly StoreId[] | null;
  readonly channels: readonly string[] | null;
}

export interface AcrossAsk {
  readonly filter: AcrossFilter;
  readonly group: ReportGroup;
  readonly before: Period | null;
}
export interface AcrossAnswer {
  readonly now: Measured;
  readonly before: Measured | null;
  /** What tills are called. */
  readonly names: Readonly<Record<string, string>>;
  /** False while something of before there were these reports is not counted. */
  readonly complete: boolean;
}

/** What one row is made of, the newest day first. */
export interface BehindAsk {
  readonly filter: AcrossFilter;
  readonly group: ReportGroup;
  /** The row; null: all of them. */
  readonly key: string | null;
  readonly currency: Currency;
  readonly after: BehindPlace | null;
  readonly limit: number;
}
/** Where one thing stands in the list of what a row is made of; `store` is "" where it is no store's. */
export interface BehindPlace {
  readonly day: string;
  readonly store: string;
  readonly id: string;
}
export interface BehindRow {
  /** `level`: an article in a store, `id` the article. */
  readonly kind: AcrossSubject | "level";
  readonly id: string;
  readonly number: string;
  readonly store: StoreId | null;
  readonly day: BusinessDay;
  readonly at: Instant;
  readonly measures: readonly number[];
}
export interface BehindAnswer {
  readonly rows: readonly BehindRow[];
  readonly next: BehindPlace | null;
  /** Over all of them, those of other pages too. */
  readonly count: number;
  readonly measures: readonly number[];
}

/** Stock and what was sold of it: rows are sorted and cut where they are read, for there are as many as articles. */
export interface SellThroughAsk extends AcrossAsk {
  readonly offset: number;
  readonly limit: number;
}
export interface SellThroughAnswer {
  readonly rows: AcrossRows;
  /** What rows are called. */
  readonly names: Readonly<Record<string, string>>;
}

/** What promotions did: rows are sorted and cut where they are read, for each is compared with days of its own. */
export interface UpliftAsk {
  readonly filter: AcrossFilter;
  readonly offset: number;
  readonly limit: number;
}
export interface UpliftAnswer extends SellThroughAnswer {
  readonly complete: boolean;
}

/** What is read beside the server's thread. */
export interface AcrossAsideReads {
  acrossReport(ask: AcrossAsk): AcrossAnswer;
  sellThrough(ask: SellThroughAsk): SellThroughAnswer;
  uplift(ask: UpliftAsk): UpliftAnswer;
  acrossBehind(ask: BehindAsk): BehindAnswer;
}
