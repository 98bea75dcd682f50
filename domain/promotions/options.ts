import { isPlain, mostOff, neverLess } from "./bounds.ts";
import type { OpenLine } from "./granted.ts";
import type { Offer } from "./way.ts";

/** A promotion that a line may be given to, and the most that the line can add to it. */
export interface Option {
  readonly offer: number;
  readonly most: number;
}

/** A line and what may become of it, the most promising first. `offer` -1: it is given to none. */
export interface Choice {
  readonly line: OpenLine;
  readonly options: readonly Option[];
}

const NONE: Option = { offer: -1, most: 0 };

/**
 * What each line may be given to. Left out is what cannot be better than something else: a plain promotion (each line has its share by itself) that takes no more
 * off the line than another, one of which that holds for all of its lines, and none where some promotion never grants less for a line more.
 */
export function choicesOf(lines: readonly OpenLine[], offers: readonly Offer[]): readonly Choice[] {
  const mosts = offers.map(mostOff);
  const byLine = optionsByLine(offers, mosts);
  const plain = offers.map(({ promotion }) => isPlain(promotion));
  const sure = new Map<OpenLine, Option>();
  for (const [line, options] of byLine) {
    const best = bestOf(options.filter(({ offer }) => plain[offer]));
    if (best !== null) sure.set(line, best);
  }
  const floorOf = (line: OpenLine): number => Math.floor(sure.get(line)?.most ?? 0);
  const useless = new Set(
    offers.flatMap((offer, index) =>
      !plain[index] && offer.lines.every((line, at) => (mosts[index]?.[at] ?? 0) <= floorOf(line))
        ? [index]
        : [],
    ),
  );
  return lines.map((line) => {
    const best = sure.get(line);
    const options = (byLine.get(line) ?? []).filter((option) => {
      if (useless.has(option.offer)) return false;
      if (!plain[option.offer]) return true;
      return option.most > 0 && (option === best || Math.ceil(option.most) > floorOf(line));
    });
    const isNeverWorse = options.some(({ offer }) => {
      const promotion = offers[offer]?.promotion;
      return promotion !== undefined && neverLess(promotion);
    });
    const sorted = options.toSorted(byMost);
    return { line, options: isNeverWorse ? sorted : [...sorted, NONE] };
  });
}

/** All that each line may be given to, where what is granted on top decides as well. */
export function allChoicesOf(lines: readonly OpenLine[], offers: readonly Offer[]): readonly Choice[] {
  const byLine = optionsByLine(offers, offers.map(mostOff));
  return lines.map((line) => ({ line, options: [...(byLine.get(line) ?? []).toSorted(byMost), NONE] }));
}

function optionsByLine(
  offers: readonly Offer[],
  mosts: readonly (readonly number[])[],
): ReadonlyMap<OpenLine, readonly Option[]> {
  const byLine = new Map<OpenLine, Option[]>();
  offers.forEach(({ lines }, offer) => {
    lines.forEach((line, at) => {
      const option = { offer, most: mosts[offer]?.[at] ?? 0 };
      const options = byLine.get(line);
      if (options === undefined) byLine.set(line, [option]);
      else options.push(option);
    });
  });
  return byLine;
}

function byMost(a: Option, b: Option): number {
  return b.most - a.most || a.offer - b.offer;
}

function bestOf(options: readonly Option[]): Option | null {
  return options.reduce<Option | null>(
    (best, each) => (best === null || each.most > best.most ? each : best),
    null,
  );
}
