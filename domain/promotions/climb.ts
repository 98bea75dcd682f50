import { isPlain } from "./bounds.ts";
import { type Effort, minorOf } from "./effort.ts";
import type { OpenLine } from "./granted.ts";
import type { Choice } from "./options.ts";
import type { Assignment } from "./search.ts";
import type { Offer } from "./way.ts";

/**
 * A good assignment by small steps: a promotion is given all the lines that it can have, or all but those of the cheapest pieces, or a line is given to
 * another, as long as that takes more off. Always ends, and never with less than it began with.
 */
export function climbed(
  {
    offers,
    choices,
    start,
  }: {
    readonly offers: readonly Offer[];
    readonly choices: readonly Choice[];
    readonly start: Assignment;
  },
  effort: Effort,
): { readonly minor: number; readonly assignment: Assignment } {
  const climb = new Climb(offers, choices, start, effort);
  const rivals = offers.flatMap(({ promotion }, offer) => (isPlain(promotion) ? [] : [offer]));
  for (let moved = true; moved && effort.left > 0; ) {
    moved = false;
    for (const offer of rivals) if (effort.left > 0 && climb.gather(offer)) moved = true;
    for (const at of choices.keys()) if (effort.left > 0 && climb.move(at)) moved = true;
  }
  return climb.result;
}

class Climb {
  readonly #offers: readonly Offer[];
  readonly #choices: readonly Choice[];
  readonly #effort: Effort;
  readonly #chosen: number[];
  /** What each promotion is given, what it takes off that, and where among the choices all its lines stand; in the order of places. */
  readonly #given: (readonly OpenLine[])[];
  readonly #minor: number[];
  readonly #wanted: readonly (readonly number[])[];

  constructor(offers: readonly Offer[], choices: readonly Choice[], start: Assignment, effort: Effort) {
    this.#offers = offers;
    this.#choices = choices;
    this.#effort = effort;
    this.#chosen = [...start];
    const wanted = offers.map((): number[] => []);
    const given = offers.map((): OpenLine[] => []);
    choices.forEach(({ line, options }, at) => {
      for (const { offer } of options) wanted[offer]?.push(at);
      given[start[at] ?? -1]?.push(line);
    });
    this.#wanted = wanted.map((all) => all.toSorted((a, b) => this.#placeOf(a) - this.#placeOf(b)));
    this.#given = given.map((lines) => lines.toSorted((a, b) => a.place - b.place));
    this.#minor = this.#given.map((lines, offer) => this.#worth(offer, lines));
  }

  get result(): { readonly minor: number; readonly assignment: Assignment } {
    return { minor: this.#minor.reduce((sum, minor) => sum + minor, 0), assignment: this.#chosen };
  }

  /** Gives the promotion all its lines, or all but the one or two of the cheapest pieces. */
  gather(offer: number): boolean {
    const wanted = this.#wanted[offer] ?? [];
    const fewest = Math.max(1, wanted.length - 2);
    for (let count = wanted.length; count >= fewest && this.#effort.left > 0; count -= 1)
      if (this.#gives(offer, wanted.slice(0, count))) return true;
    return false;
  }

  /** Gives one line to whichever promotion, or none, takes more off with it. */
  move(at: number): boolean {
    const { line, options } = this.#choices[at] ?? { options: [] };
    const from = this.#chosen[at] ?? -1;
    if (line === undefined || options.length < 2) return false;
    const left = (this.#given[from] ?? []).filter((each) => each !== line);
    const leftMinor = from < 0 ? 0 : this.#worth(from, left);
    const lost = (this.#minor[from] ?? 0) - leftMinor;
    for (const { offer, most } of options) {
      if (offer === from || (offer < 0 && lost >= 0)) continue;
      if (this.#effort.left <= 0) return false;
      const lines = this.#given[offer] ?? [];
      // Alone it adds no more than this.
      if (lines.length === 0 && most + 1 <= lost) continue;
      const more = offer < 0 ? [] : inPlace(lines, [line]);
      const minor = offer < 0 ? 0 : this.#worth(offer, more);
      if (minor - (this.#minor[offer] ?? 0) <= lost) continue;
      this.#set(from, left, leftMinor);
      this.#set(offer, more, minor);
      this.#chosen[at] = offer;
      return true;
    }
    return false;
  }

  /** Gives the promotion these lines besides those it has, where that is worth more than what others lose by it. */
  #gives(offer: number, wanted: readonly number[]): boolean {
    const taken = wanted.filter((at) => this.#chosen[at] !== offer);
    if (taken.length === 0) return false;
    const lines = taken.flatMap((at) => this.#choices[at]?.line ?? []);
    const all = inPlace(this.#given[offer] ?? [], lines);
    const minor = this.#worth(offer, all);
    let gain = minor - (this.#minor[offer] ?? 0);
    const gone = new Set(lines);
    const losers = new Set(taken.map((at) => this.#chosen[at] ?? -1).filter((from) => from >= 0));
    const after: (readonly [offer: number, left: readonly OpenLine[], minor: number])[] = [];
    for (const from of losers) {
      if (gain <= 0) return false;
      const left = (this.#given[from] ?? []).filter((line) => !gone.has(line));
      const leftMinor = this.#worth(from, left);
      gain += leftMinor - (this.#minor[from] ?? 0);
      after.push([from, left, leftMinor]);
    }
    if (gain <= 0) return false;
    for (const [from, left, leftMinor] of after) this.#set(from, left, leftMinor);
    this.#set(offer, all, minor);
    for (const at of taken) this.#chosen[at] = offer;
    return true;
  }

  #set(offer: number, lines: readonly OpenLine[], minor: number): void {
    if (offer < 0) return;
    this.#given[offer] = lines;
    this.#minor[offer] = minor;
  }

  #placeOf(at: number): number {
    return this.#choices[at]?.line.place ?? 0;
  }

  #worth(offer: number, lines: readonly OpenLine[]): number {
    const promotion = this.#offers[offer]?.promotion;
    return promotion === undefined ? 0 : minorOf(promotion, lines, this.#effort);
  }
}

function inPlace(lines: readonly OpenLine[], more: readonly OpenLine[]): readonly OpenLine[] {
  return lines.length === 0 && more.length === 1
    ? more
    : [...lines, ...more].toSorted((a, b) => a.place - b.place);
}
