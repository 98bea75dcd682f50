import { isPlain } from "./bounds.ts";
import { type Effort, looked } from "./effort.ts";
import { grantedBy, type OpenLine } from "./granted.ts";
import type { Choice } from "./options.ts";
import type { Assignment } from "./search.ts";
import type { Offer } from "./way.ts";

/**
 * A good assignment by small steps: a promotion is given all the lines that it can have, or those of them whose pieces are the dearest, or a line is given to
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
    for (const offer of rivals) if (climb.gather(offer)) moved = true;
    for (const at of choices.keys()) if (climb.move(at)) moved = true;
  }
  return climb.result;
}

class Climb {
  readonly #offers: readonly Offer[];
  readonly #choices: readonly Choice[];
  readonly #effort: Effort;
  #chosen: number[];
  readonly #minor: number[];
  /** Where among the choices the lines of each promotion stand. */
  readonly #places: readonly (readonly number[])[];

  constructor(offers: readonly Offer[], choices: readonly Choice[], start: Assignment, effort: Effort) {
    this.#offers = offers;
    this.#choices = choices;
    this.#effort = effort;
    this.#chosen = [...start];
    const places = offers.map((): number[] => []);
    choices.forEach(({ options }, at) => {
      for (const { offer } of options) places[offer]?.push(at);
    });
    this.#places = places;
    this.#minor = offers.map((_, offer) => this.#worthOf(offer, this.#chosen));
  }

  get result(): { readonly minor: number; readonly assignment: Assignment } {
    return { minor: this.#minor.reduce((sum, minor) => sum + minor, 0), assignment: this.#chosen };
  }

  /** Gives the promotion all its lines, then without the cheapest, one after the other. */
  gather(offer: number): boolean {
    const places = this.#places[offer] ?? [];
    const all = [...this.#chosen];
    for (const at of places) all[at] = offer;
    if (this.#takes(all, places, offer)) return true;
    for (let count = places.length - 1; count > 0 && count >= places.length - 2; count -= 1) {
      const fewer = [...this.#chosen];
      const kept = new Set(this.#dearestPlaces(places).slice(0, count));
      for (const at of places) if (kept.has(at)) fewer[at] = offer;
      if (this.#takes(fewer, places, offer)) return true;
    }
    return false;
  }

  /** Gives one line to whichever promotion, or none, takes the most off with it. */
  move(at: number): boolean {
    const options = this.#choices[at]?.options ?? [];
    return options.some(({ offer }) => {
      if (offer === this.#chosen[at] || this.#effort.left <= 0) return false;
      const next = [...this.#chosen];
      next[at] = offer;
      return this.#takes(next, [at], offer);
    });
  }

  #takes(next: number[], places: readonly number[], to: number): boolean {
    const touched = new Set(
      places.flatMap((at) => {
        const from = this.#chosen[at] ?? -1;
        return from >= 0 && next[at] !== from ? [from] : [];
      }),
    );
    if (to >= 0) touched.add(to);
    const after = [...touched].map((offer) => [offer, this.#worthOf(offer, next)] as const);
    const gain = after.reduce((sum, [offer, minor]) => sum + minor - (this.#minor[offer] ?? 0), 0);
    if (gain <= 0) return false;
    this.#chosen = next;
    for (const [offer, minor] of after) this.#minor[offer] = minor;
    return true;
  }

  #dearestPlaces(places: readonly number[]): readonly number[] {
    return places.toSorted((a, b) => this.#placeOf(a) - this.#placeOf(b));
  }

  #placeOf(at: number): number {
    return this.#choices[at]?.line.place ?? 0;
  }

  #worthOf(offer: number, chosen: Assignment): number {
    const lines = (this.#places[offer] ?? []).flatMap((at): readonly OpenLine[] => {
      const line = chosen[at] === offer ? this.#choices[at]?.line : undefined;
      return line === undefined ? [] : [line];
    });
    looked(this.#effort, 1 + (this.#places[offer] ?? []).length);
    const promotion = this.#offers[offer]?.promotion;
    return promotion === undefined || lines.length === 0 ? 0 : (grantedBy(promotion, lines)?.minor ?? 0);
  }
}
