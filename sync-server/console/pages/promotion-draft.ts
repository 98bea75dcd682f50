import { idOf, instant, type PromotionId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { instantOfLocalTime, localTimeOf } from "#domain/store/local-time.ts";
import { EMPTY_RULE, type RuleDraft, type RuleField, ruleDraftOf, ruleOf } from "./promotion-rule-draft.ts";
import {
  EMPTY_TERMS,
  type TermsDraft,
  type TermsField,
  termsDraftOf,
  termsOf,
} from "./promotion-terms-draft.ts";
import { wholeNumber } from "./typed.ts";

/** A promotion while it is being typed. */
export interface PromotionDraft extends RuleDraft, TermsDraft {
  readonly id: PromotionId;
  readonly name: string;
  readonly priority: string;
  /** As the retailer's clocks show it; empty `until`: until further notice. */
  readonly from: string;
  readonly until: string;
}

export type PromotionField = "name" | "priority" | "from" | "until" | RuleField | TermsField;

/** What the retailer's amounts and times are in. */
interface Terms {
  readonly currency: Currency;
  /** IANA name. */
  readonly timeZone: string;
}

const MAX_PRIORITY = 1_000;
/** From when a promotion holds that has no beginning. */
const ALWAYS = instant(0);

export function emptyDraft(id: PromotionId, from: string): PromotionDraft {
  return { ...EMPTY_RULE, ...EMPTY_TERMS, id, name: "", priority: "10", from, until: "" };
}

export function draftOf(promotion: Promotion, { timeZone }: Pick<Terms, "timeZone">): PromotionDraft {
  const { id, name, priority, validFrom, validUntil, rule } = promotion;
  return {
    ...ruleDraftOf(rule),
    ...termsDraftOf(promotion),
    id,
    name,
    priority: String(priority),
    from: validFrom === ALWAYS ? "" : localTimeOf({ at: validFrom, timeZone }),
    until: validUntil === null ? "" : localTimeOf({ at: validUntil, timeZone }),
  };
}

/** The promotion as typed, or the first field that makes no sense. */
export function promotionOf(draft: PromotionDraft, terms: Terms): Result<Promotion, PromotionField> {
  const { timeZone } = terms;
  const name = draft.name.trim();
  if (name === "") return refused("name");
  const priority = wholeNumber(draft.priority);
  if (priority === null || priority > MAX_PRIORITY) return refused("priority");
  const validFrom = draft.from === "" ? ALWAYS : instantOfLocalTime({ text: draft.from, timeZone });
  if (validFrom === null) return refused("from");
  const validUntil = draft.until === "" ? null : instantOfLocalTime({ text: draft.until, timeZone });
  if (draft.until !== "" && (validUntil === null || validUntil <= validFrom)) return refused("until");
  const rule = ruleOf(draft, terms.currency);
  if (!rule.ok) return rule;
  const held = termsOf(draft, draft.kind);
  if (!held.ok) return held;
  return ok({ ...held.value, id: draft.id, name, priority, validFrom, validUntil, rule: rule.value });
}

/** Where a promotion stands at a moment. */
export function standingAt({ validFrom, validUntil }: Promotion, now: number): "coming" | "running" | "over" {
  if (now < validFrom) return "coming";
  return validUntil !== null && validUntil <= now ? "over" : "running";
}

/** A new promotion's id: short, and never one that there was. */
export function newPromotionId(now: number): PromotionId {
  return idOf<"Promotion">(`promotion-${now.toString(36)}`);
}
