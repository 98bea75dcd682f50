import { decimalText } from "#domain/money/format.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type {
  GiftNeeds,
  MoneyOff,
  PieceOff,
  PromotedGoods,
  PromotionRule,
  TierSteps,
} from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { percentOf, ppmOf } from "./routing-draft.ts";
import { amountOrNone, wholeNumber } from "./typed.ts";

export const PROMOTION_KINDS = [
  "fromValue",
  "eachPiece",
  "tiers",
  "piecesFor",
  "bundle",
  "gift",
  "freeShipping",
] as const satisfies readonly PromotionRule["kind"][];

/** How much is off, as it is typed; `amount` is the price where it is a fixed one. */
export interface OffDraft {
  readonly off: PieceOff["kind"];
  readonly percent: string;
  readonly amount: string;
}

export interface StepDraft extends OffDraft {
  /** Pieces or a value. */
  readonly from: string;
}

/** What a promotion does, while it is being typed; the fields of the other kinds are kept, so that one can look at them and come back. */
export interface RuleDraft extends OffDraft {
  readonly kind: PromotionRule["kind"];
  readonly goods: PromotedGoods;
  readonly least: string;
  readonly size: string;
  readonly pays: string;
  /** How much is off the pieces that are not paid, in percent. */
  readonly share: string;
  readonly components: readonly { readonly goods: PromotedGoods; readonly each: string }[];
  readonly price: string;
  readonly stepsBy: TierSteps["by"];
  readonly steps: readonly StepDraft[];
  readonly needs: GiftNeeds["kind"];
  readonly pieces: string;
  readonly gift: PromotedGoods;
  readonly free: string;
  readonly perEach: boolean;
}

export type RuleField =
  | "goods"
  | "least"
  | "percent"
  | "amount"
  | "size"
  | "pays"
  | "share"
  | "each"
  | "price"
  | "steps"
  | "pieces"
  | "gift"
  | "free";

export const ALL_GOODS: PromotedGoods = { kind: "all" };
const TEN_OFF: OffDraft = { off: "percent", percent: "10", amount: "" };
const WHOLE_PPM = 1_000_000;
const MAX_PIECES = 100;

export const EMPTY_RULE: RuleDraft = {
  ...TEN_OFF,
  kind: "fromValue",
  goods: ALL_GOODS,
  least: "0",
  size: "3",
  pays: "2",
  share: "100",
  components: [
    { goods: ALL_GOODS, each: "1" },
    { goods: ALL_GOODS, each: "1" },
  ],
  price: "",
  stepsBy: "pieces",
  steps: [
    { ...TEN_OFF, from: "3" },
    { ...TEN_OFF, percent: "20", from: "6" },
  ],
  needs: "pieces",
  pieces: "2",
  gift: ALL_GOODS,
  free: "1",
  perEach: true,
};

export function ruleDraftOf(rule: PromotionRule): RuleDraft {
  const { kind } = rule;
  const head = { ...EMPTY_RULE, kind, ...(rule.kind === "bundle" ? {} : { goods: rule.goods }) };
  switch (rule.kind) {
    case "eachPiece":
      return { ...head, ...offDraftOf(rule.off) };
    case "fromValue":
      return { ...head, ...offDraftOf(rule.off), least: decimalText(rule.least) };
    case "tiers":
      return { ...head, stepsBy: rule.steps.by, steps: stepDraftsOf(rule.steps) };
    case "piecesFor": {
      const { size, pays, ppm = WHOLE_PPM } = rule;
      return { ...head, size: String(size), pays: String(pays), share: percentOf(ppm) };
    }
    case "bundle": {
      const components = rule.components.map(({ goods, each }) => ({ goods, each: String(each) }));
      return { ...head, price: decimalText(rule.price), components };
    }
    case "gift": {
      const { needs, gift, free, perEach } = rule;
      const asked =
        needs.kind === "pieces" ? { pieces: String(needs.pieces) } : { least: decimalText(needs.least) };
      return { ...head, needs: needs.kind, ...asked, gift, free: String(free), perEach };
    }
    case "freeShipping":
      return { ...head, least: decimalText(rule.least) };
  }
}

function offDraftOf(off: PieceOff): OffDraft {
  if (off.kind === "percent") return { ...TEN_OFF, percent: percentOf(off.ppm) };
  return { ...TEN_OFF, off: off.kind, amount: decimalText(off.kind === "amount" ? off.amount : off.price) };
}

function stepDraftsOf(steps: TierSteps): readonly StepDraft[] {
  return steps.by === "pieces"
    ? steps.of.map(({ from, off }) => ({ ...offDraftOf(off), from: String(from) }))
    : steps.of.map(({ least, off }) => ({ ...offDraftOf(off), from: decimalText(least) }));
}

/** The rule as typed, or the first field that makes no sense. */
export function ruleOf(draft: RuleDraft, currency: Currency): Result<PromotionRule, RuleField> {
  const { kind, goods } = draft;
  if (kind !== "bundle" && namesNothing(goods)) return refused("goods");
  switch (kind) {
    case "eachPiece": {
      const off = pieceOffOf(draft, currency);
      return off.ok ? ok({ kind, goods, off: off.value }) : off;
    }
    case "fromValue": {
      const least = worthOf(draft.least, currency);
      if (least === null) return refused("least");
      const off = moneyOffOf(draft, currency);
      return off.ok ? ok({ kind, goods, least, off: off.value }) : off;
    }
    case "tiers": {
      const steps = stepsOf(draft, currency);
      return steps === null ? refused("steps") : ok({ kind, goods, steps });
    }
    case "piecesFor":
      return piecesForOf(draft);
    case "bundle":
      return bundleOf(draft, currency);
    case "gift":
      return giftOf(draft, currency);
    case "freeShipping": {
      const least = worthOf(draft.least, currency);
      return least === null ? refused("least") : ok({ kind, goods, least });
    }
  }
}

/** An amount of zero or more; null where none was typed. */
function worthOf(text: string, currency: Currency): Money | null {
  const amount = amountOrNone(text, currency);
  return amount === "wrong" ? null : amount;
}

function piecesTyped(text: string): number | null {
  const pieces = wholeNumber(text);
  return pieces === null || pieces < 1 || pieces > MAX_PIECES ? null : pieces;
}

function pieceOffOf(draft: OffDraft, currency: Currency): Result<PieceOff, "percent" | "amount"> {
  if (draft.off !== "fixedPrice") return moneyOffOf(draft, currency);
  const price = worthOf(draft.amount, currency);
  return price === null ? refused("amount") : ok({ kind: "fixedPrice", price });
}

function moneyOffOf(
  { off, percent, amount: typed }: OffDraft,
  currency: Currency,
): Result<MoneyOff, "percent" | "amount"> {
  if (off === "percent") {
    const ppm = ppmOf(percent);
    return ppm === null || ppm === 0 ? refused("percent") : ok({ kind: "percent", ppm });
  }
  const amount = worthOf(typed, currency);
  return amount === null || amount.minor === 0 ? refused("amount") : ok({ kind: "amount", amount });
}

function stepsOf({ stepsBy, steps }: RuleDraft, currency: Currency): TierSteps | null {
  const read = steps.map((step) => ({
    pieces: wholeNumber(step.from),
    least: worthOf(step.from, currency),
    off: pieceOffOf(step, currency),
  }));
  const byPieces = read.flatMap(({ pieces, off }) =>
    off.ok && pieces !== null && pieces > 0 && pieces < 10_000 ? [{ from: pieces, off: off.value }] : [],
  );
  const byValue = read.flatMap(({ least, off }) =>
    off.ok && least !== null ? [{ least, off: off.value }] : [],
  );
  const starts =
    stepsBy === "pieces" ? byPieces.map(({ from }) => from) : byValue.map(({ least }) => least.minor);
  const isRight =
    steps.length > 0 &&
    starts.length === steps.length &&
    starts.every((start, place) => place === 0 || start > (starts[place - 1] ?? 0));
  if (!isRight) return null;
  return stepsBy === "pieces" ? { by: stepsBy, of: byPieces } : { by: stepsBy, of: byValue };
}

function piecesForOf({ goods, ...draft }: RuleDraft): Result<PromotionRule, RuleField> {
  const size = piecesTyped(draft.size);
  if (size === null || size < 2) return refused("size");
  const pays = wholeNumber(draft.pays);
  if (pays === null || pays >= size) return refused("pays");
  const ppm = ppmOf(draft.share);
  if (ppm === null || ppm === 0) return refused("share");
  return ok({ kind: "piecesFor", goods, size, pays, ...(ppm === WHOLE_PPM ? {} : { ppm }) });
}

function bundleOf(draft: RuleDraft, currency: Currency): Result<PromotionRule, RuleField> {
  const components = draft.components.map(({ goods, each }) => ({ goods, each: piecesTyped(each) ?? 0 }));
  if (components.length === 0 || components.some(({ goods }) => namesNothing(goods))) return refused("goods");
  if (components.some(({ each }) => each < 1)) return refused("each");
  const price = worthOf(draft.price, currency);
  return price === null ? refused("price") : ok({ kind: "bundle", components, price });
}

function giftOf(draft: RuleDraft, currency: Currency): Result<PromotionRule, RuleField> {
  const { goods, gift, perEach } = draft;
  const needs = giftNeedsOf(draft, currency);
  if (needs === null) return refused(draft.needs === "pieces" ? "pieces" : "least");
  if (namesNothing(gift)) return refused("gift");
  const free = piecesTyped(draft.free);
  return free === null ? refused("free") : ok({ kind: "gift", goods, needs, gift, free, perEach });
}

function giftNeedsOf({ needs, pieces, least, perEach }: RuleDraft, currency: Currency): GiftNeeds | null {
  if (needs === "pieces") {
    const asked = piecesTyped(pieces);
    return asked === null ? null : { kind: needs, pieces: asked };
  }
  const worth = worthOf(least, currency);
  // So many gifts as one likes for nothing.
  if (worth === null || (perEach && worth.minor === 0)) return null;
  return { kind: needs, least: worth };
}

function namesNothing(goods: PromotedGoods): boolean {
  if (goods.kind === "all") return false;
  return (goods.kind === "categories" ? goods.categories : goods.variants).length === 0;
}
