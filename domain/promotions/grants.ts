import type { LineId, VariantId } from "../ids.ts";
import { allocateMoney } from "../money/allocate.ts";
import { lesserMoney, timesMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";
import type { GrantedDiscount, PromotionNeeds } from "../ticket/ticket.ts";
import { isPromoted, type Promotion } from "./promotion.ts";

/** What a promotion looks at of a basket line. */
export interface PromotableLine {
  readonly id: LineId;
  readonly variant: VariantId;
  readonly category: string | null;
  readonly unitPrice: Money;
  readonly quantity: number;
}

type Grants = ReadonlyMap<LineId, GrantedDiscount>;

/** Pieces of a line that take part in a promotion. */
interface Taken {
  readonly line: PromotableLine;
  readonly pieces: number;
}

/** Money off that one promotion grants: how much on the pieces of which lines, and what each line's share depends on. */
interface Granted {
  readonly off: Money;
  readonly parts: readonly (Taken & { readonly needs: PromotionNeeds })[];
}

/**
 * What the promotions, in the order given, grant on lines. A line takes part in one of them, with all its pieces; what a promotion takes off is shared over its pieces by
 * their prices, every cent kept. It does not matter in which order the lines were rung up.
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
    const free = lines.filter(({ id }) => !grants.has(id)).toSorted(byPrice);
    const granted = grantedBy(promotion, free, currency);
    if (granted === null || granted.off.minor <= 0) continue;
    const shares = allocateMoney({
      total: granted.off,
      weights: granted.parts.map(({ line, pieces }) => line.unitPrice.minor * pieces),
    });
    granted.parts.forEach(({ line, needs }, index) => {
      const amount = shares[index] ?? zeroMoney(currency);
      const { id, name } = promotion;
      grants.set(line.id, { source: "promotion", reason: name, amount, promotion: id, needs });
    });
  }
  return grants;
}

/** The dearer first, so that odd cents and what is free do not depend on the order of scanning. */
function byPrice(a: PromotableLine, b: PromotableLine): number {
  return (
    b.unitPrice.minor - a.unitPrice.minor || (a.variant < b.variant ? -1 : a.variant > b.variant ? 1 : 0)
  );
}

function grantedBy(
  { rule }: Promotion,
  lines: readonly PromotableLine[],
  currency: Currency,
): Granted | null {
  switch (rule.kind) {
    case "fromValue": {
      const taken = whole(lines.filter((line) => isPromoted(rule.goods, line)));
      const worth = money(worthOf(taken), currency);
      if (taken.length === 0 || worth.minor < rule.least.minor) return null;
      const off =
        rule.off.kind === "amount" ? rule.off.amount : shareMoney({ amount: worth, ppm: rule.off.ppm });
      const needs = { kind: "value", least: rule.least } as const;
      return { off: lesserMoney(off, worth), parts: taken.map((each) => ({ ...each, needs })) };
    }
    case "piecesFor": {
      const taken = whole(lines.filter((line) => isPromoted(rule.goods, line)));
      const groups = Math.floor(piecesOf(taken) / rule.size);
      if (groups === 0) return null;
      const off = money(worthOf(cheapest(taken, groups * (rule.size - rule.pays))), currency);
      const needs = { kind: "groups", size: rule.size } as const;
      return { off, parts: taken.map((each) => ({ ...each, needs })) };
    }
    case "bundle":
      return bundled(rule, lines, currency);
  }
}

function bundled(
  { components, price }: Extract<Promotion["rule"], { readonly kind: "bundle" }>,
  lines: readonly PromotableLine[],
  currency: Currency,
): Granted | null {
  const used = new Set<LineId>();
  const members = components.map(({ goods, each }) => {
    const own = whole(lines.filter((line) => !used.has(line.id) && isPromoted(goods, line)));
    for (const { line } of own) used.add(line.id);
    return { each, own };
  });
  const sets = Math.min(...members.map(({ each, own }) => Math.floor(piecesOf(own) / each)));
  if (sets === 0 || components.length === 0) return null;
  // The dearest pieces make up the sets: what is left over is charged at the lower prices.
  const worth = members.reduce(
    (sum, { each, own }) => sum + worthOf(own) - worthOf(cheapest(own, piecesOf(own) - sets * each)),
    0,
  );
  const off = money(Math.max(0, worth - timesMoney(price, sets).minor), currency);
  return {
    off,
    parts: members.flatMap(({ each, own }, component) =>
      own.map((taken) => ({
        ...taken,
        needs: { kind: "bundle", component, components: components.length, each } as const,
      })),
    ),
  };
}

function whole(lines: readonly PromotableLine[]): readonly Taken[] {
  return lines.map((line) => ({ line, pieces: line.quantity }));
}

function piecesOf(taken: readonly Taken[]): number {
  return taken.reduce((sum, { pieces }) => sum + pieces, 0);
}

function worthOf(taken: readonly Taken[]): number {
  return taken.reduce((sum, { line, pieces }) => sum + line.unitPrice.minor * pieces, 0);
}

/** So many of the cheapest pieces; `taken` has the dearer lines first. */
function cheapest(taken: readonly Taken[], pieces: number): readonly Taken[] {
  let left = pieces;
  return taken.toReversed().flatMap((each) => {
    const now = Math.min(left, each.pieces);
    left -= now;
    return now === 0 ? [] : [{ ...each, pieces: now }];
  });
}
