import type { OpenLine } from "./granted.ts";
import type { MoneyOff, PieceOff } from "./promotion.ts";
import type { Offer } from "./way.ts";

/** Lines that promotions hold together, and those promotions: no other line matters to them. */
export interface Group {
  readonly lines: readonly OpenLine[];
  readonly offers: readonly Offer[];
}

/** Lines that share no promotion are looked at apart, those with the fewest first. All lines, in the order of their places. */
export function separateGroups(lines: readonly OpenLine[], offers: readonly Offer[]): readonly Group[] {
  const above = new Int32Array(lines.length).map((_, place) => place);
  const topOf = ({ place }: OpenLine): number => {
    let top = place;
    while (above[top] !== top) top = above[top] ?? top;
    above[place] = top;
    return top;
  };
  for (const { lines: of } of offers) {
    const [first] = of;
    if (first === undefined) continue;
    for (const line of of) above[topOf(line)] = topOf(first);
  }
  const groups = new Map<number, { lines: OpenLine[]; offers: Offer[] }>();
  for (const line of lines) {
    const top = topOf(line);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, { lines: [line], offers: [] });
    else group.lines.push(line);
  }
  for (const offer of offers) {
    const [first] = offer.lines;
    if (first !== undefined) groups.get(topOf(first))?.offers.push(offer);
  }
  return [...groups.values()]
    .filter((group) => group.offers.length > 0)
    .toSorted((a, b) => a.lines.length - b.lines.length);
}

/**
 * Whether what is granted on top takes the same share off all lines of a group, so that the group that costs the least before it costs the least after it: shares
 * alone, on the same goods or on quite different ones, and on whole groups.
 */
export function isOneShare(onTop: readonly Offer[], groups: readonly Group[]): boolean {
  if (!onTop.every(isShare)) return false;
  const sets = onTop.map(({ lines }) => new Set(lines));
  const areAlike = (a: ReadonlySet<OpenLine>, b: ReadonlySet<OpenLine>): boolean =>
    isApart(a, b) || (a.size === b.size && isWithin(a, b));
  return (
    sets.every((a) => sets.every((b) => areAlike(a, b))) &&
    groups.every(({ lines }) => {
      const group = new Set(lines);
      return sets.every((set) => isApart(group, set) || isWithin(group, set));
    })
  );
}

function isApart(a: ReadonlySet<OpenLine>, b: ReadonlySet<OpenLine>): boolean {
  return [...a].every((line) => !b.has(line));
}

function isWithin(a: ReadonlySet<OpenLine>, b: ReadonlySet<OpenLine>): boolean {
  return [...a].every((line) => b.has(line));
}

function isShare({ promotion: { rule, limits } }: Offer): boolean {
  if (limits?.perTicket !== undefined) return false;
  const isPercent = ({ kind }: MoneyOff | PieceOff): boolean => kind === "percent";
  switch (rule.kind) {
    case "eachPiece":
    case "fromValue":
      return isPercent(rule.off);
    case "tiers":
      return rule.steps.of.every(({ off }) => isPercent(off));
    default:
      return false;
  }
}
