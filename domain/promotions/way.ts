import { type GrantedShare, grantedBy, type OpenLine } from "./granted.ts";
import type { Promotion } from "./promotion.ts";

/** A promotion and the lines of the basket that it takes notice of. */
export interface Offer {
  readonly promotion: Promotion;
  readonly lines: readonly OpenLine[];
}

interface Grant {
  readonly promotion: Promotion;
  readonly shares: readonly GrantedShare[];
}

/** One way to grant promotions on a basket: what each takes off, in the order in which they are granted, and all of it in minor units. */
export interface Way {
  readonly minor: number;
  readonly grants: readonly Grant[];
}

export const NOTHING_GRANTED: Way = { minor: 0, grants: [] };

/** The promotions in their order: each of goods takes the lines that no other has taken; one that is alone is granted where nothing was before it, and nothing after it. */
export function byPriority(offers: readonly Offer[]): Way {
  const taken = new Set<OpenLine>();
  const grants: Grant[] = [];
  for (const { promotion, lines } of offers) {
    const { combines = "goods" } = promotion;
    if (combines === "stacks" || (combines === "alone" && grants.length > 0)) continue;
    const free = taken.size === 0 ? lines : lines.filter((line) => !taken.has(line));
    const granted = grantedBy(promotion, free);
    if (granted === null) continue;
    const shares = granted.shares();
    if (combines === "alone") return { minor: granted.minor, grants: [{ promotion, shares }] };
    grants.push({ promotion, shares });
    for (const { of } of shares) taken.add(of);
  }
  return stackedOn(wayOf(grants), stacking(offers));
}

/** A promotion that is granted alone, on all of its goods. */
export function alone({ promotion, lines }: Offer): Way {
  const granted = grantedBy(promotion, lines);
  return granted === null
    ? NOTHING_GRANTED
    : { minor: granted.minor, grants: [{ promotion, shares: granted.shares() }] };
}

export function stacking(offers: readonly Offer[]): readonly Offer[] {
  return offers.filter(({ promotion }) => promotion.combines === "stacks");
}

/** Lines given to promotions of goods. */
export function given(offers: readonly Offer[]): Way {
  return wayOf(
    offers.flatMap(({ promotion, lines }) => {
      const granted = grantedBy(promotion, lines);
      return granted === null ? [] : [{ promotion, shares: granted.shares() }];
    }),
  );
}

/** On top of it the promotions that stack, one after the other, on what the lines then cost. */
export function stackedOn(way: Way, offers: readonly Offer[]): Way {
  if (offers.length === 0) return way;
  const lessened = new Map<number, OpenLine & { cost: number }>();
  const take = (shares: readonly GrantedShare[]): void => {
    for (const { of, minor } of shares) {
      if (minor === 0) continue;
      const so = lessened.get(of.place);
      if (so === undefined) lessened.set(of.place, { ...of, cost: of.cost - minor });
      else so.cost -= minor;
    }
  };
  for (const { shares } of way.grants) take(shares);
  const grants = [...way.grants];
  for (const { promotion, lines } of offers) {
    const granted = grantedBy(
      promotion,
      lines.map((line) => lessened.get(line.place) ?? line),
    );
    if (granted === null) continue;
    const shares = granted.shares();
    grants.push({ promotion, shares });
    take(shares);
  }
  return wayOf(grants);
}

export function wayOf(grants: readonly Grant[]): Way {
  const minor = grants.reduce((sum, { shares }) => shares.reduce((so, share) => so + share.minor, sum), 0);
  return { minor, grants };
}
