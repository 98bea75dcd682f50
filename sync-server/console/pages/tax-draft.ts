import { idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreDetail } from "#protocol/hq/store-settings.ts";

type Tax = StoreDetail["tax"];

export interface RateDraft {
  readonly id: string;
  readonly name: string;
  /** Percent as typed. */
  readonly percent: string;
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
    /** It was there before: products may have it, so it stays. */
    readonly isKnown: boolean;
  }[];
}

const PPM_PER_PERCENT = 10_000;
const MAX_PERCENT = 100;

export function taxDraftOf({ mode, rounding, classes, cashRounding }: Tax): TaxDraft {
  return {
    mode,
    rounding,
    cashRounding: cashRounding === null ? "" : String(cashRounding.incrementMinor),
    classes: classes.map(({ id, name, rates }) => ({
      id,
      name,
      isKnown: true,
      rates: rates.map((rate) => ({
        id: rate.id,
        name: rate.name,
        percent: String(rate.ppm / PPM_PER_PERCENT),
      })),
    })),
  };
}

/** Refused with the name of what cannot be read. */
export function taxOf(draft: TaxDraft): Result<Tax, string> {
  const classes: Tax["classes"] = [];
  for (const { id, name, rates } of draft.classes) {
    const read: Tax["classes"][number]["rates"] = [];
    for (const rate of rates) {
      const ppm = ppmOf(rate.percent);
      if (ppm === null) return refused(rate.name === "" ? name : rate.name);
      read.push({ id: rate.id, name: rate.name.trim(), ppm });
    }
    classes.push({ id: idOf<"TaxClass">(id), name: name.trim(), rates: read });
  }
  const { mode, rounding } = draft;
  const typed = draft.cashRounding.trim();
  if (!/^\d{0,6}$/.test(typed)) return refused(typed);
  const cashRounding = Number(typed) === 0 ? null : { incrementMinor: Number(typed) };
  return ok({ mode, rounding, classes, cashRounding });
}

/** To a ten-thousandth of a percent, whole numbers all the way: rates are never floating. */
function ppmOf(typed: string): number | null {
  const read = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(typed.trim());
  const [, whole, part = ""] = read ?? [];
  if (whole === undefined || Number(whole) > MAX_PERCENT) return null;
  return Number(whole) * PPM_PER_PERCENT + Number(part.padEnd(4, "0"));
}
