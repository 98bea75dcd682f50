import { useState } from "react";
import { type BusinessDay, idOf, instant } from "#domain/ids.ts";
import { daysAfter } from "#domain/store/business-day.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { Period } from "../staff-api.ts";

const ISO_DAY_CHARS = 10;

/** The days that a page looks at: so many until today by the clocks of this machine, until somebody chooses others. */
export function usePeriod(days: number): {
  readonly period: Period;
  /** What may be asked for: null while what was typed is none, or ends before it begins. */
  readonly asked: Period | null;
  readonly change: (changes: Partial<Period>) => void;
} {
  const [period, setPeriod] = useState<Period>(() => lastDays(days));
  const isPeriod = period.from !== "" && period.until !== "" && period.from <= period.until;
  return {
    period,
    asked: isPeriod ? period : null,
    change: (changes) => setPeriod({ ...period, ...changes }),
  };
}

function lastDays(days: number): Period {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const today: BusinessDay = idOf<"BusinessDay">(
    localTimeOf({ at: instant(Date.now()), timeZone }).slice(0, ISO_DAY_CHARS),
  );
  return { from: daysAfter(today, 1 - days), until: today, store: null };
}
