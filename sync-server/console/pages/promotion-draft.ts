import { idOf, type PromotionId } from "#domain/ids.ts";
import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import type { PromotedGoods, Promotion, PromotionRule } from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { instantOfLocalTime, localTimeOf } from "#domain/store/local-time.ts";
import { isWordSayable } from "./coupon-terms.ts";
import { percentOf, ppmOf } from "./routing-draft.ts";
import { amountOrNone, wholeNumber } from "./typed.ts";

export const PROMOTION_KINDS = [
  "fromValue",
  "piecesFor",
  "bundle",
] as const satisfies readonly PromotionRule["kind"][];

/** Whether a rule of the kind can be typed; of the others the sheet says what they do. */
export function hasFields(kind: PromotionRule["kind"]): kind is (typeof PROMOTION_KINDS)[number] {
  return PROMOTION_KINDS.some((each) => each === kind);
}

/** A promotion while it is being typed; the fields of the other kinds are kept, so that one can look at them and come back. */
export interface PromotionDraft {
  readonly id: PromotionId;
  readonly name: string;
  readonly priority: string;
  /** As the retailer's clocks show it; empty `until`: until further notice. */
  readonly from: string;
  readonly until: string;
  readonly kind: PromotionRule["kind"];
  /** What is not typed here, or has no fields yet: it stays as it is. */
  readonly before: Pick<Promotion, "when" | "combines" | "limits"> & { readonly rule: PromotionRule | null };
  readonly goods: PromotedGoods;
  readonly least: string;
  readonly off: "percent" | "amount";
  readonly percent: string;
  readonly amount: string;
  readonly size: string;
  readonly pays: string;
  readonly components: readonly { readonly goods: PromotedGoods; readonly each: string }[];
  readonly price: string;
}

export type PromotionField =
  | "name"
  | "priority"
  | "from"
  | "until"
  | "goods"
  | "least"
  | "percent"
  | "amount"
  | "size"
  | "pays"
  | "each"
  | "price"
  | "word";

export const ALL_GOODS: PromotedGoods = { kind: "all" };

/** What the retailer's amounts and times are in. */
interface Terms {
  readonly currency: Currency;
  /** IANA name. */
  readonly timeZone: string;
}

export function emptyDraft(id: PromotionId, from: string): PromotionDraft {
  return {
    id,
    name: "",
    priority: "10",
    from,
    until: "",
    kind: "fromValue",
    before: { rule: null },
    goods: ALL_GOODS,
    least: "0",
    off: "percent",
    percent: "10",
    amount: "",
    size: "3",
    pays: "2",
    components: [
      { goods: ALL_GOODS, each: "1" },
      { goods: ALL_GOODS, each: "1" },
    ],
    price: "",
  };
}

export function draftOf(
  { id, name, priority, validFrom, validUntil, ...before }: Promotion,
  { timeZone }: Terms,
): PromotionDraft {
  const { rule } = before;
  const head = {
    ...emptyDraft(id, localTimeOf({ at: validFrom, timeZone })),
    name,
    priority: String(priority),
    until: validUntil === null ? "" : localTimeOf({ at: validUntil, timeZone }),
    kind: rule.kind,
    before,
  };
  switch (rule.kind) {
    case "fromValue": {
      const { goods, least, off } = rule;
      const share =
        off.kind === "percent" ? { percent: percentOf(off.ppm) } : { amount: decimalText(off.amount) };
      return { ...head, goods, least: decimalText(least), off: off.kind, ...share };
    }
    case "piecesFor":
      return { ...head, goods: rule.goods, size: String(rule.size), pays: String(rule.pays) };
    case "bundle":
      return {
        ...head,
        price: decimalText(rule.price),
        components: rule.components.map(({ goods, each }) => ({ goods, each: String(each) })),
      };
    case "eachPiece":
    case "tiers":
    case "gift":
    case "freeShipping":
      return head;
  }
}

/** The promotion as typed, or the first field that makes no sense. */
export function promotionOf(draft: PromotionDraft, terms: Terms): Result<Promotion, PromotionField> {
  const { timeZone } = terms;
  const name = draft.name.trim();
  if (name === "") return refused("name");
  const priority = wholeNumber(draft.priority);
  if (priority === null) return refused("priority");
  if (!isWordSayable(draft.before.when?.coupon)) return refused("word");
  const validFrom = instantOfLocalTime({ text: draft.from, timeZone });
  if (validFrom === null) return refused("from");
  const validUntil = draft.until === "" ? null : instantOfLocalTime({ text: draft.until, timeZone });
  if (draft.until !== "" && (validUntil === null || validUntil <= validFrom)) return refused("until");
  const rule = ruleOf(draft, terms);
  const { rule: _, ...before } = draft.before;
  return rule.ok
    ? ok({ ...before, id: draft.id, name, priority, validFrom, validUntil, rule: rule.value })
    : rule;
}

function ruleOf(draft: PromotionDraft, { currency }: Terms): Result<PromotionRule, PromotionField> {
  const { kind, goods, before } = draft;
  if (!hasFields(kind)) return before.rule === null ? refused("goods") : ok(before.rule);
  if (kind !== "bundle" && namesNothing(goods)) return refused("goods");
  switch (kind) {
    case "fromValue":
      return fromValue(draft, currency);
    case "piecesFor": {
      const size = wholeNumber(draft.size);
      if (size === null || size < 2) return refused("size");
      const pays = wholeNumber(draft.pays);
      if (pays === null || pays >= size) return refused("pays");
      const share = before.rule?.kind === kind && before.rule.ppm !== undefined ? before.rule.ppm : null;
      return ok({ kind, goods, size, pays, ...(share === null ? {} : { ppm: share }) });
    }
    case "bundle": {
      const components = draft.components.map((each) => ({
        goods: each.goods,
        each: wholeNumber(each.each) ?? 0,
      }));
      if (components.length === 0 || components.some((each) => namesNothing(each.goods)))
        return refused("goods");
      if (components.some(({ each }) => each < 1)) return refused("each");
      const price = amountOrNone(draft.price, currency);
      if (price === null || price === "wrong") return refused("price");
      return ok({ kind, components, price });
    }
  }
}

function fromValue(draft: PromotionDraft, currency: Currency): Result<PromotionRule, PromotionField> {
  const { goods } = draft;
  const least = amountOrNone(draft.least, currency);
  if (least === null || least === "wrong") return refused("least");
  if (draft.off === "percent") {
    const ppm = ppmOf(draft.percent);
    if (ppm === null || ppm === 0) return refused("percent");
    return ok({ kind: "fromValue", goods, least, off: { kind: "percent", ppm } });
  }
  const amount = amountOrNone(draft.amount, currency);
  if (amount === null || amount === "wrong" || amount.minor === 0) return refused("amount");
  return ok({ kind: "fromValue", goods, least, off: { kind: "amount", amount } });
}

function namesNothing(goods: PromotedGoods): boolean {
  if (goods.kind === "all") return false;
  return (goods.kind === "categories" ? goods.categories : goods.variants).length === 0;
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
