import { idOf } from "#domain/ids.ts";
import { PPM } from "#domain/money/share.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreDetail } from "#protocol/hq/store-settings.ts";

type Tax = StoreDetail["tax"];
type Rate = Tax["classes"][number]["rates"][number];

export interface RateDraft {
  readonly id: string;
  readonly name: string;
  /** Percent as typed. */
  readonly percent: string;
}
/** Rates of a class from a day on. */
export interface PlannedDraft {
  /** Tells it from others while its day is typed. */
  readonly key: string;
  readonly from: string;
  readonly rates: readonly RateDraft[];
}
export interface TaxDraft {
  readonly mode: Tax["mode"];
  readonly rounding: Tax["rounding"];
  /** In minor units as typed; empty: none. */
  readonly cashRounding: string;
  readonly classes: readonly {
    readonly id: string;
    readonly name: string;
    readonly rates: readonly RateDraft[];
    readonly planned: readonly PlannedDraft[];
    /** It was there before: products may have it, so it stays. */
    readonly isKnown: boolean;
  }[];
}

const PPM_PER_PERCENT = 10_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function taxDraftOf({ mode, rounding, classes, cashRounding, planned = [] }: Tax): TaxDraft {
  return {
    mode,
    rounding,
    cashRounding: cashRounding === null ? "" : String(cashRounding.incrementMinor),
    classes: classes.map(({ id, name, rates }) => ({
      id,
      name,
      isKnown: true,
      rates: rates.map(rateDraftOf),
      planned: planned
        .filter(({ taxClass }) => taxClass === id)
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))
        .map((each) => ({ key: each.from, from: each.from, rates: each.rates.map(rateDraftOf) })),
    })),
  };
}

function rateDraftOf({ id, name, ppm }: Rate): RateDraft {
  return { id, name, percent: String(ppm / PPM_PER_PERCENT) };
}

/** Refused with the name of what cannot be read. */
export function taxOf(draft: TaxDraft): Result<Tax, string> {
  const classes: Tax["classes"] = [];
  const planned: NonNullable<Tax["planned"]> = [];
  for (const { id, name, rates, planned: plans } of draft.classes) {
    const taxClass = idOf<"TaxClass">(id);
    const read = ratesOf(rates, name);
    if (!read.ok) return read;
    classes.push({ id: taxClass, name: name.trim(), rates: read.value });
    for (const plan of plans) {
      const then = ratesOf(plan.rates, name);
      if (!then.ok) return then;
      if (!DAY.test(plan.from)) return refused(name);
      planned.push({ taxClass, from: idOf<"BusinessDay">(plan.from), rates: then.value });
    }
  }
  const { mode, rounding } = draft;
  const typed = draft.cashRounding.trim();
  if (!/^\d{0,6}$/.test(typed)) return refused(typed);
  const cashRounding = Number(typed) === 0 ? null : { incrementMinor: Number(typed) };
  return ok({ mode, rounding, classes, cashRounding, ...(planned.length === 0 ? {} : { planned }) });
}

function ratesOf(drafts: readonly RateDraft[], className: string): Result<Rate[], string> {
  const read: Rate[] = [];
  for (const { id, name, percent } of drafts) {
    const ppm = ratePpmOf(percent);
    if (ppm === null) return refused(name === "" ? className : name);
    read.push({ id, name: name.trim(), ppm });
  }
  return ok(read);
}

/** A tax rate in parts per million, as it was typed in percent: to a ten-thousandth of one, whole numbers all the way: rates are never floating. Null: it is none. */
export function ratePpmOf(typed: string): number | null {
  const read = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(typed.trim());
  const [, whole, part = ""] = read ?? [];
  if (whole === undefined) return null;
  const ppm = Number(whole) * PPM_PER_PERCENT + Number(part.padEnd(4, "0"));
  return ppm > PPM ? null : ppm;
}
