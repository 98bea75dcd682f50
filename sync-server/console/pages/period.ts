import { useState } from "react";
import { daysAfter } from "#domain/store/business-day.ts";
import type { Period } from "../staff-api.ts";
import { today } from "./today.ts";

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
  const until = today();
  return { from: daysAfter(until, 1 - days), until, store: null };
}
