import { decimalText } from "#domain/money/format.ts";
import { type OrderPolicy, type SignatureRule, signatureRuleOf } from "#domain/orders/policy.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StorePolicy } from "#protocol/hq/rules.ts";
import { amountOrNone, pointed, wholeNumber } from "./typed.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a store's policy is while it is being typed; times in the unit that their labels name. */
export interface PolicyDraft {
  readonly pickup: boolean;
  readonly shipFromStore: boolean;
  readonly signature: SignatureRule;
  readonly safetyStock: string;
  readonly ordersPerDay: string;
  readonly pickupsPerHour: string;
  readonly promiseHours: string;
  readonly acceptHours: string;
  readonly keepDays: string;
  readonly remindDays: string;
  readonly silentHours: string;
  readonly collectDesk: string;
  readonly shippingCost: string;
}
export type PolicyField = keyof PolicyDraft;

export function draftOf(policy: OrderPolicy): PolicyDraft {
  const { ordersPerDay, pickupsPerHour, collectDesk, shippingCost } = policy;
  return {
    pickup: policy.pickup,
    shipFromStore: policy.shipFromStore,
    signature: signatureRuleOf(policy),
    safetyStock: String(policy.safetyStock),
    ordersPerDay: ordersPerDay === null ? "" : String(ordersPerDay),
    pickupsPerHour: pickupsPerHour === undefined ? "" : String(pickupsPerHour),
    promiseHours: inUnits(policy.promiseMs, HOUR_MS),
    acceptHours: inUnits(policy.acceptWithinMs, HOUR_MS),
    keepDays: inUnits(policy.keepReadyMs, DAY_MS),
    remindDays: inUnits(policy.remindBeforeMs, DAY_MS),
    silentHours: inUnits(policy.silentAfterMs, HOUR_MS),
    collectDesk: collectDesk === null ? "" : String(collectDesk),
    shippingCost: shippingCost === null ? "" : decimalText(shippingCost),
  };
}

/** The policy as typed, what the form does not show kept as it was; or the first field that makes no sense. */
export function policyOf(
  draft: PolicyDraft,
  { policy, currency }: Pick<StorePolicy, "policy" | "currency">,
): Result<OrderPolicy, PolicyField> {
  const safetyStock = wholeNumber(draft.safetyStock);
  if (safetyStock === null) return refused("safetyStock");
  const ordersPerDay = orNone(draft.ordersPerDay);
  if (ordersPerDay === "wrong") return refused("ordersPerDay");
  const pickupsPerHour = orNone(draft.pickupsPerHour);
  if (pickupsPerHour === "wrong") return refused("pickupsPerHour");
  const collectDesk = orNone(draft.collectDesk);
  if (collectDesk === "wrong") return refused("collectDesk");
  const promiseMs = duration(draft.promiseHours, HOUR_MS);
  if (promiseMs === null) return refused("promiseHours");
  const acceptWithinMs = duration(draft.acceptHours, HOUR_MS);
  if (acceptWithinMs === null) return refused("acceptHours");
  const keepReadyMs = duration(draft.keepDays, DAY_MS);
  if (keepReadyMs === null) return refused("keepDays");
  const remindBeforeMs = duration(draft.remindDays, DAY_MS);
  if (remindBeforeMs === null) return refused("remindDays");
  const silentAfterMs = duration(draft.silentHours, HOUR_MS);
  if (silentAfterMs === null) return refused("silentHours");
  const shippingCost = amountOrNone(draft.shippingCost, currency);
  if (shippingCost === "wrong") return refused("shippingCost");
  const { pickup, shipFromStore, signature } = draft;
  const { pickupsPerHour: _, ...kept } = policy;
  return ok({
    ...kept,
    ...(pickupsPerHour === null ? {} : { pickupsPerHour }),
    pickup,
    shipFromStore,
    signature,
    safetyStock,
    ordersPerDay,
    collectDesk,
    promiseMs,
    acceptWithinMs,
    keepReadyMs,
    remindBeforeMs,
    silentAfterMs,
    shippingCost,
  });
}

function inUnits(ms: number, unit: number): string {
  return String(Math.round((ms / unit) * 100) / 100);
}

/** Nothing typed is no limit; zero would be none at all. */
function orNone(text: string): number | null | "wrong" {
  if (text.trim() === "") return null;
  const number = wholeNumber(text);
  return number === null || number === 0 ? "wrong" : number;
}

/** Milliseconds, more than none. */
function duration(text: string, unit: number): number | null {
  const typed = pointed(text);
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(typed)) return null;
  const ms = Math.round(Number(typed) * unit);
  return ms > 0 ? ms : null;
}
