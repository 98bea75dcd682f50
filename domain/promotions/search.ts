import { roundingOf } from "./bounds.ts";
import { type Effort, looked, minorOf } from "./effort.ts";
import type { OpenLine } from "./granted.ts";
import type { Choice } from "./options.ts";
import type { Offer } from "./way.ts";

/** Which promotion each line is given to, by the choices' order; -1: none. */
export type Assignment = readonly number[];

/** What is to be made the most of: what the promotions of goods take off, and what those on top do then. */
export interface Problem {
  readonly offers: readonly Offer[];
  readonly choices: readonly Choice[];
  /** What is off in all with those on top; they take no more than `atMost` off, and never more is off than what the lines are worth. Null: there are none. */
  readonly onTop: null | {
    readonly atMost: number;
    readonly worth: number;
    readonly total: (assignment: Assignment) => number;
  };
}

interface Best {
  readonly minor: number;
  readonly assignment: Assignment;
}

/**
 * Branch and bound: gives one line after the other to each promotion it may be given to, and turns back where even the most that the rest can add is no more than
 * what was found already. Exact while the effort lasts; then what was found so far, never less than `start`.
 */
export function bestAssignment(problem: Problem, start: Best, effort: Effort): Best {
  return new Search(problem, start, effort).run();
}

class Search {
  readonly #problem: Problem;
  readonly #effort: Effort;
  readonly #chosen: number[];
  /** Lines given to each promotion, how many may still come, and the most that those given can count. */
  readonly #given: OpenLine[][];
  readonly #open: number[];
  readonly #mosts: number[];
  /** More is not off the lines, whatever is granted. */
  readonly #most: number;
  readonly #rounding: readonly number[];
  #best: Best;
  /** No way to complete what is given so far comes to more. */
  #bound = 0;

  constructor(problem: Problem, start: Best, effort: Effort) {
    const { offers, choices, onTop } = problem;
    this.#problem = problem;
    this.#effort = effort;
    this.#best = start;
    this.#chosen = choices.map(() => -1);
    this.#given = offers.map(() => []);
    this.#open = offers.map(() => 0);
    this.#mosts = offers.map(() => 0);
    this.#most = onTop?.worth ?? Number.POSITIVE_INFINITY;
    this.#rounding = offers.map(({ promotion }) => roundingOf(promotion));
    this.#bound = onTop?.atMost ?? 0;
    for (const { options } of choices) {
      this.#bound += Math.max(0, ...options.map(({ most }) => most));
      for (const { offer } of options) if (offer >= 0) this.#open[offer] = (this.#open[offer] ?? 0) + 1;
    }
    this.#open.forEach((open, offer) => {
      if (open > 0) this.#bound += this.#rounding[offer] ?? 0;
    });
  }

  run(): Best {
    this.#from(0);
    return this.#best;
  }

  #from(at: number): void {
    if (this.#best.minor >= this.#most) return;
    // Sums of fractions: a whole cent more is what counts, not the last digits.
    if (this.#effort.left <= 0 || Math.floor(this.#bound + 1e-3) <= this.#best.minor) return;
    const choice = this.#problem.choices[at];
    if (choice === undefined) {
      this.#arrived();
      return;
    }
    const { line, options } = choice;
    looked(this.#effort, 1 + options.length);
    const before = this.#bound;
    const highest = Math.max(0, ...options.map(({ most }) => most));
    for (const option of options) {
      this.#bound = before - highest + option.most;
      this.#give(line, option.offer, option.most);
      this.#chosen[at] = option.offer;
      for (const { offer } of options) this.#lineGone(offer);
      this.#from(at + 1);
      for (const { offer } of options) if (offer >= 0) this.#open[offer] = (this.#open[offer] ?? 0) + 1;
      this.#takeBack(option.offer, option.most);
    }
    this.#chosen[at] = -1;
    this.#bound = before;
  }

  #give(line: OpenLine, offer: number, most: number): void {
    if (offer < 0) return;
    this.#given[offer]?.push(line);
    this.#mosts[offer] = (this.#mosts[offer] ?? 0) + most;
  }

  #takeBack(offer: number, most: number): void {
    if (offer < 0) return;
    this.#given[offer]?.pop();
    this.#mosts[offer] = (this.#mosts[offer] ?? 0) - most;
  }

  /** One line less may come. Where it was the last, what the promotion grants is known. */
  #lineGone(offer: number): void {
    if (offer < 0) return;
    const open = (this.#open[offer] ?? 0) - 1;
    this.#open[offer] = open;
    if (open > 0) return;
    this.#bound += this.#exact(offer) - (this.#mosts[offer] ?? 0) - (this.#rounding[offer] ?? 0);
  }

  #exact(offer: number): number {
    const promotion = this.#problem.offers[offer]?.promotion;
    return promotion === undefined ? 0 : minorOf(promotion, this.#given[offer] ?? [], this.#effort);
  }

  /** Every line is given and every promotion closed: the bound is the sum, but for what is granted on top. */
  #arrived(): void {
    const { onTop } = this.#problem;
    const minor = onTop === null ? Math.round(this.#bound) : onTop.total(this.#chosen);
    if (minor > this.#best.minor) this.#best = { minor, assignment: [...this.#chosen] };
  }
}
