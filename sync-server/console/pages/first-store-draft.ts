import { ok, type Result, refused } from "#domain/result.ts";
import type { NewStore } from "#protocol/hq/store-settings.ts";
import { ratePpmOf } from "./tax-draft.ts";

type First = NonNullable<NewStore["first"]>;

/** What the first store of all is asked, as it is typed. */
export interface FirstStoreDraft {
  readonly retailer: string;
  readonly mode: First["tax"]["mode"];
  readonly rate: string;
  readonly percent: string;
}

export function emptyFirstDraft(): FirstStoreDraft {
  return { retailer: "", mode: "inclusive", rate: "", percent: "" };
}

/** Refused with the label of the field that is wrong. */
export function firstStoreOf({
  retailer,
  mode,
  rate,
  percent,
}: FirstStoreDraft): Result<First, "stores.first.retailer" | "stores.first.rate" | "stores.tax.percent"> {
  if (retailer.trim() === "") return refused("stores.first.retailer");
  if (rate.trim() === "") return refused("stores.first.rate");
  const ppm = ratePpmOf(percent);
  if (ppm === null) return refused("stores.tax.percent");
  return ok({ retailer: retailer.trim(), tax: { mode, name: rate.trim(), ppm } });
}
