import { isPlain, mostOff } from "./bounds.ts";
import { climbed } from "./climb.ts";
import { type Effort, looked } from "./effort.ts";
import type { OpenLine } from "./granted.ts";
import { allChoicesOf, type Choice, choicesOf } from "./options.ts";
import { worthOf } from "./pieces.ts";
import { type Assignment, bestAssignment } from "./search.ts";
import { type Group, isOneShare, separateGroups } from "./separate.ts";
import {
  alone,
  byPriority,
  given,
  NOTHING_GRANTED,
  type Offer,
  stackedOn,
  stacking,
  type Way,
  wayOf,
} from "./way.ts";

/** So often a line is looked at while the best way is sought: some milliseconds on a till's machine. */
const EFFORT = 60_000;

/**
 * The way with which the customer pays least; of ways that come to the same the one by priority. Exact for what `EFFORT` is enough for, which depends on how many
 * promotions want the same lines, not on how many lines and promotions there are. Beyond it the best that was found, never less than by priority.
 */
export function bestForCustomer(
  offers: readonly Offer[],
  lines: readonly OpenLine[],
  most: number = EFFORT,
): Way {
  const goods = offers.filter(({ promotion: { combines = "goods" } }) => combines === "goods");
  const onTop = stacking(offers);
  const effort: Effort = { left: most };
  const ways = [byPriority(offers), ofGoods(goods, onTop, lines, effort), NOTHING_GRANTED];
  for (const offer of offers) if (offer.promotion.combines === "alone") ways.push(alone(offer));
  return ways.reduce((best, way) => (way.minor > best.minor ? way : best));
}

function ofGoods(
  goods: readonly Offer[],
  onTop: readonly Offer[],
  lines: readonly OpenLine[],
  effort: Effort,
): Way {
  const groups = separateGroups(lines, goods);
  const apart = groups.flatMap((group) => solved(group, effort));
  const way = stackedOn(given(apart), onTop);
  // Without the effort to weigh them once, preparing for it would be in vain.
  const once = [...goods, ...onTop].reduce((sum, offer) => sum + offer.lines.length, 0);
  if (onTop.length === 0 || effort.left < once || isOneShare(onTop, groups)) return way;
  const together = withThoseOnTop(goods, onTop, lines, effort);
  return together.minor > way.minor ? together : way;
}

/** Lines of one group given to its promotions so that the most is off. */
function solved({ lines, offers }: Group, effort: Effort): readonly Offer[] {
  const choices = inSearchOrder(choicesOf(lines, offers));
  const start = choices.map(({ options }) => {
    const sure = options.find(({ offer }) => {
      const promotion = offers[offer]?.promotion;
      return promotion !== undefined && isPlain(promotion);
    });
    return sure?.offer ?? -1;
  });
  const climb = climbed({ offers, choices, start }, effort);
  const best = bestAssignment({ offers, choices, onTop: null }, climb, effort);
  return assigned(best.assignment, choices, offers);
}

/** Those with the fewest ways first, so that promotions are soon closed; among them those that matter most. */
function inSearchOrder(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted(
    (a, b) =>
      Number(a.options.length > 1) - Number(b.options.length > 1) ||
      (b.options[0]?.most ?? 0) - (a.options[0]?.most ?? 0) ||
      a.line.place - b.line.place,
  );
}

function assigned(
  assignment: Assignment,
  choices: readonly Choice[],
  offers: readonly Offer[],
): readonly Offer[] {
  return offers.flatMap(({ promotion }, offer) => {
    const lines = choices
      .flatMap(({ line }, at) => (assignment[at] === offer ? [line] : []))
      .toSorted((a, b) => a.place - b.place);
    return lines.length === 0 ? [] : [{ promotion, lines }];
  });
}

/** Where what is granted on top is more than one share off everything, it decides which promotions of goods are the best, and whether it is granted itself. */
function withThoseOnTop(
  goods: readonly Offer[],
  onTop: readonly Offer[],
  lines: readonly OpenLine[],
  effort: Effort,
): Way {
  const groups = separateGroups(lines, [...goods, ...onTop]);
  const ways = groups.map((group) => solvedWithTops(group, effort));
  return wayOf(ways.flatMap(({ grants }) => grants));
}

function solvedWithTops({ lines, offers }: Group, effort: Effort): Way {
  const tops = stacking(offers);
  const rivals = offers.filter((offer) => !tops.includes(offer));
  const choices = inSearchOrder(allChoicesOf(lines, rivals));
  let best = NOTHING_GRANTED;
  const reached = (assignment: Assignment): number => {
    const way = bestOnTop(given(assigned(assignment, choices, rivals)), tops, effort);
    if (way.minor > best.minor) best = way;
    return way.minor;
  };
  const { assignment } = climbed({ offers: rivals, choices, start: choices.map(() => -1) }, effort);
  const atMost = tops.reduce((sum, top) => mostOff(top).reduce((so, most) => so + most, sum + 1), 0);
  const worth = worthOf(lines);
  bestAssignment(
    { offers: rivals, choices, onTop: { atMost, worth, total: reached } },
    { minor: reached(assignment), assignment },
    effort,
  );
  return best;
}

/** Up to so many promotions on top, each is tried with and without: more are left out one by one. */
const MOST_TRIED_ON_TOP = 5;
/** What is off is shared over the lines, which takes longer than to look at them. */
const TIMES_SHARED = 8;

/** All of those on top, or fewer of them where one spoils what another takes more off. */
function bestOnTop(goods: Way, tops: readonly Offer[], effort: Effort): Way {
  const asked = tops.reduce((sum, { lines }) => sum + TIMES_SHARED * lines.length, 0);
  const tried = (some: readonly Offer[]): Way => {
    looked(effort, asked);
    return stackedOn(goods, some);
  };
  let best = tried(tops);
  if (tops.length < 2) return best;
  if (tops.length <= MOST_TRIED_ON_TOP) {
    for (let chosen = 0; chosen < 2 ** tops.length - 1; chosen += 1) {
      const way = tried(tops.filter((_, index) => Math.floor(chosen / 2 ** index) % 2 === 1));
      if (way.minor > best.minor) best = way;
    }
    return best;
  }
  let so = tops;
  for (const top of tops) {
    if (effort.left <= 0) return best;
    const fewer = so.filter((each) => each !== top);
    const way = tried(fewer);
    if (way.minor > best.minor) {
      best = way;
      so = fewer;
    }
  }
  return best;
}
