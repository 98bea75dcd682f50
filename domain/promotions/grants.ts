import type { LineId, VariantId } from "../ids.ts";
import { lesserMoney, zeroMoney } from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";
import type { GrantedDiscount, PromotionNeeds } from "../ticket/ticket.ts";
import { offGroups, offSets, type PricedPieces, sharedByPrice, worthOf } from "./money-off.ts";
import { isPromoted, type Promotion, type PromotionRule } from "./promotion.ts";

/** What a promotion looks at of a basket line. */
export interface PromotableLine {
  readonly id: LineId;
  readonly variant: VariantId;
  readonly category: string | null;
  readonly unitPrice: Money;
  readonly quantity: number;
}

type Grants = ReadonlyMap<LineId, GrantedDiscount>;

/** A line that takes part in a promotion with all its pieces, and what its share depends on. */
interface Part extends PricedPieces {
  readonly line: LineId;
  readonly needs: PromotionNeeds;
}

/** Money off that one promotion grants, and on which lines. */
interface Granted {
  readonly off: Money;
  readonly parts: readonly Part[];
}

/**
 * What the promotions, in the order given, grant on lines. A line takes part in one of them, with all its pieces; what a promotion takes off is shared over its pieces by
 * their prices, every cent kept. It does not matter in which order the lines were rung up. A promotion with an amount in another currency grants nothing.
 */
export function grantsOf({
  lines,
  promotions,
  currency,
}: {
  readonly lines: readonly PromotableLine[];
  readonly promotions: readonly Promotion[];
  readonly currency: Currency;
}): Grants {
  const grants = new Map<LineId, GrantedDiscount>();
  for (const promotion of promotions) {
    if (amountsOf(promotion.rule).some((amount) => amount.currency !== currency)) continue;
    const free = lines.filter(({ id }) => !grants.has(id)).toSorted(byPrice);
    const granted = grantedBy(promotion.rule, free, currency);
    if (granted === null || granted.off.minor <= 0) continue;
    const shares = sharedByPrice(granted.off, granted.parts);
    granted.parts.forEach(({ line, needs }, index) => {
      const amount = shares[index] ?? zeroMoney(currency);
      const { id, name } = promotion;
      grants.set(line, { source: "promotion", reason: name, amount, promotion: id, needs });
    });
  }
  return grants;
}

/** The dearer first, so that odd cents do not depend on the order of scanning. */
function byPrice(a: PromotableLine, b: PromotableLine): number {
  return (
    b.unitPrice.minor - a.unitPrice.minor || (a.variant < b.variant ? -1 : a.variant > b.variant ? 1 : 0)
  );
}

function amountsOf(rule: PromotionRule): readonly Money[] {
  switch (rule.kind) {
    case "fromValue":
      return rule.off.kind === "amount" ? [rule.least, rule.off.amount] : [rule.least];
    case "piecesFor":
      return [];
    case "bundle":
      return [rule.price];
  }
}

function grantedBy(
  rule: PromotionRule,
  lines: readonly PromotableLine[],
  currency: Currency,
): Granted | null {
  switch (rule.kind) {
    case "fromValue": {
      const { least } = rule;
      const parts = partsOf(fitting(rule, lines), { kind: "value", least });
      const worth = worthOf(parts, currency);
      if (parts.length === 0 || worth.minor < least.minor) return null;
      const off =
        rule.off.kind === "amount" ? rule.off.amount : shareMoney({ amount: worth, ppm: rule.off.ppm });
      return { off: lesserMoney(off, worth), parts };
    }
    case "piecesFor": {
      const { size, pays } = rule;
      const parts = partsOf(fitting(rule, lines), { kind: "groups", size, pays });
      const off = offGroups(parts, { size, pays, currency });
      return off === null ? null : { off, parts };
    }
    case "bundle":
      return bundled(rule, lines);
  }
}

type Bundle = Extract<PromotionRule, { readonly kind: "bundle" }>;

function bundled({ components, price }: Bundle, lines: readonly PromotableLine[]): Granted | null {
  const chosen = chosenBy(components, lines);
  const members = components.map(({ each }, component) => ({
    each,
    of: partsOf(chosen.get(component) ?? [], {
      kind: "bundle",
      component,
      components: components.length,
      each,
      price,
    }),
  }));
  const off = offSets(members, price);
  return off === null ? null : { off, parts: members.flatMap(({ of }) => of) };
}

/** Which lines each component gets. Whichever has the fewest to choose from comes first, else one that others could do without would leave it none. */
function chosenBy(
  components: Bundle["components"],
  lines: readonly PromotableLine[],
): ReadonlyMap<number, readonly PromotableLine[]> {
  const chosen = new Map<number, readonly PromotableLine[]>();
  let free = lines;
  while (chosen.size < components.length) {
    const [next] = components
      .map((component, index) => ({ index, own: fitting(component, free) }))
      .filter(({ index }) => !chosen.has(index))
      .toSorted((a, b) => a.own.length - b.own.length);
    if (next === undefined) break;
    chosen.set(next.index, next.own);
    free = free.filter((line) => !next.own.includes(line));
  }
  return chosen;
}

function fitting(
  { goods }: Pick<Bundle["components"][number], "goods">,
  lines: readonly PromotableLine[],
): readonly PromotableLine[] {
  return lines.filter((line) => isPromoted(goods, line));
}

function partsOf(lines: readonly PromotableLine[], needs: PromotionNeeds): readonly Part[] {
  return lines.map(({ id, unitPrice, quantity }) => ({ line: id, unitPrice, pieces: quantity, needs }));
}
