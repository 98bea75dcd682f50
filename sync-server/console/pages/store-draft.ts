import { idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { DAYS_OF_WEEK } from "#domain/store/opening-hours.ts";
import type { StoreDetail, StoreProfile } from "#protocol/hq/store-settings.ts";
import { type HoursDraft, hoursDraftOf, hoursOf } from "./hours-draft.ts";

/** A store's profile as it is typed. */
export interface StoreDraft {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  readonly vatId: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
  /** Nobody says when it is open: it counts as always. */
  readonly isAlwaysOpen: boolean;
  readonly hours: HoursDraft;
}

const NO_HOURS: HoursDraft = { week: Array.from({ length: DAYS_OF_WEEK }, () => ""), exceptions: [] };

export function emptyStoreDraft(): StoreDraft {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    name: "",
    address: "",
    phone: "",
    email: "",
    vatId: "",
    timeZone,
    locale: "en-DE",
    currency: "EUR",
    isAlwaysOpen: true,
    hours: NO_HOURS,
  };
}

export function storeDraftOf({ contact, address, hours, ...store }: StoreDetail): StoreDraft {
  const { name, vatId, timeZone, locale, currency } = store;
  return {
    name,
    address: address.join("\n"),
    ...contact,
    vatId,
    timeZone,
    locale,
    currency,
    isAlwaysOpen: hours === null,
    hours: hours === null ? NO_HOURS : hoursDraftOf(hours),
  };
}

/** Refused with the field that is wrong; of hours with the day of the week or the exception. */
export function storeProfileOf(
  draft: StoreDraft,
): Result<StoreProfile, { readonly field: "name" | "currency" } | { readonly day: number | string }> {
  const hours = draft.isAlwaysOpen ? ok(null) : hoursOf(draft.hours);
  if (!hours.ok) return refused({ day: hours.reason });
  if (draft.name.trim() === "") return refused({ field: "name" });
  const currency = draft.currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) return refused({ field: "currency" });
  const { phone, email, vatId, timeZone, locale } = draft;
  return ok({
    name: draft.name.trim(),
    address: draft.address
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    contact: { phone: phone.trim(), email: email.trim() },
    vatId: vatId.trim(),
    timeZone,
    locale: locale.trim(),
    currency: idOf<"Currency">(currency),
    hours: hours.value,
  });
}
