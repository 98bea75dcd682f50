import type { ChannelId, CustomerGroupId, StoreId } from "#domain/ids.ts";
import type {
  Promotion,
  PromotionCombination,
  PromotionConditions,
  PromotionLimits,
  PromotionRule,
} from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { isWordSayable } from "./coupon-terms.ts";
import { wholeNumber } from "./typed.ts";

/** When, where and for whom a promotion holds, how it goes with others and how often, while it is being typed. An empty list: whichever. */
export interface TermsDraft {
  readonly channels: readonly ChannelId[];
  readonly stores: readonly StoreId[];
  readonly groups: readonly CustomerGroupId[];
  readonly isFirstPurchase: boolean;
  readonly days: readonly number[];
  /** `10:00`; both empty: all day. */
  readonly hoursFrom: string;
  readonly hoursUntil: string;
  readonly coupon: PromotionConditions["coupon"];
  readonly combines: PromotionCombination;
  readonly perTicket: string;
  readonly perCustomer: string;
}

export type TermsField = "hours" | "word" | "perTicket" | "perCustomer";

export const EMPTY_TERMS: TermsDraft = {
  channels: [],
  stores: [],
  groups: [],
  isFirstPurchase: false,
  days: [],
  hoursFrom: "",
  hoursUntil: "",
  coupon: undefined,
  combines: "goods",
  perTicket: "",
  perCustomer: "",
};

const CAPPED: readonly PromotionRule["kind"][] = ["eachPiece", "piecesFor", "bundle", "gift"];
const MINUTES_PER_HOUR = 60;
const DAY_MINUTES = 24 * MINUTES_PER_HOUR;
const MAX_TIMES = 10_000;

/** Whether a promotion of the kind can be held to so many times on a ticket. */
export function isCappedPerTicket(kind: PromotionRule["kind"]): boolean {
  return CAPPED.includes(kind);
}

export function termsDraftOf({
  when = {},
  combines = "goods",
  limits = {},
}: Pick<Promotion, "when" | "combines" | "limits">): TermsDraft {
  const { channels = [], stores = [], groups = [], days = [], hours, coupon, firstPurchase } = when;
  return {
    channels,
    stores,
    groups,
    isFirstPurchase: firstPurchase === true,
    days,
    hoursFrom: hours === undefined ? "" : clockText(hours.from),
    hoursUntil: hours === undefined ? "" : clockText(hours.until),
    coupon,
    combines,
    perTicket: limits.perTicket === undefined ? "" : String(limits.perTicket),
    perCustomer: limits.perCustomer === undefined ? "" : String(limits.perCustomer),
  };
}

/** Minutes since midnight as clocks show them. */
export function clockText(minute: number): string {
  const parts = [Math.floor((minute % DAY_MINUTES) / MINUTES_PER_HOUR), minute % MINUTES_PER_HOUR];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** The terms as typed, or the first field that makes no sense. What holds always is absent. */
export function termsOf(
  draft: TermsDraft,
  kind: PromotionRule["kind"],
): Result<Pick<Promotion, "when" | "combines" | "limits">, TermsField> {
  const hours = hoursOf(draft);
  if (hours === null) return refused("hours");
  if (!isWordSayable(draft.coupon)) return refused("word");
  const perTicket = isCappedPerTicket(kind) ? timesOf(draft.perTicket) : undefined;
  if (perTicket === null) return refused("perTicket");
  const perCustomer = timesOf(draft.perCustomer);
  if (perCustomer === null) return refused("perCustomer");
  const { channels, stores, groups, days, coupon, combines } = draft;
  const when: PromotionConditions = {
    ...(channels.length > 0 && { channels }),
    ...(stores.length > 0 && { stores }),
    ...(groups.length > 0 && { groups }),
    ...(draft.isFirstPurchase && { firstPurchase: true }),
    ...(days.length > 0 && { days }),
    ...(hours && { hours }),
    ...(coupon && { coupon }),
  };
  const limits: PromotionLimits = { ...(perTicket && { perTicket }), ...(perCustomer && { perCustomer }) };
  return ok({
    ...(Object.keys(when).length > 0 && { when }),
    ...(combines !== "goods" && { combines }),
    ...(Object.keys(limits).length > 0 && { limits }),
  });
}

/** Undefined: all day; null: it makes no sense. */
function hoursOf({ hoursFrom, hoursUntil }: TermsDraft): PromotionConditions["hours"] | null {
  if (hoursFrom === "" && hoursUntil === "") return undefined;
  const [from, until] = [minuteOf(hoursFrom), minuteOf(hoursUntil)];
  return from === null || until === null || from === until ? null : { from, until };
}

function minuteOf(text: string): number | null {
  const read = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return read === null ? null : Number(read[1]) * MINUTES_PER_HOUR + Number(read[2]);
}

/** Undefined: as often as one likes; null: it makes no sense. */
function timesOf(text: string): number | null | undefined {
  if (text.trim() === "") return undefined;
  const times = wholeNumber(text);
  return times === null || times < 1 || times > MAX_TIMES ? null : times;
}
