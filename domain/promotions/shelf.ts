import type { OpenLine } from "./granted.ts";
import type { PromotedGoods } from "./promotion.ts";

/** The lines of a basket by what promotions name: hundreds of them ask for theirs at each touch. */
export class Shelf {
  readonly #all: readonly OpenLine[];
  readonly #byCategory = new Map<string, OpenLine[]>();
  readonly #byVariant = new Map<string, OpenLine[]>();

  /** In the order of their places. */
  constructor(lines: readonly OpenLine[]) {
    this.#all = lines;
    for (const open of lines) {
      const { variant, category } = open.line;
      if (category !== null) putUnder(this.#byCategory, category, open);
      putUnder(this.#byVariant, variant, open);
    }
  }

  /** The lines of any of these goods, in the order of their places. */
  of(all: readonly PromotedGoods[]): readonly OpenLine[] {
    if (all.some(({ kind }) => kind === "all")) return this.#all;
    const isOf = new Uint8Array(this.#all.length);
    for (const goods of all) {
      for (const key of keysOf(goods)) {
        const lines = (goods.kind === "variants" ? this.#byVariant : this.#byCategory).get(key) ?? [];
        for (const { place } of lines) isOf[place] = 1;
      }
    }
    return this.#all.filter(({ place }) => isOf[place] === 1);
  }
}

function keysOf(goods: PromotedGoods): readonly string[] {
  switch (goods.kind) {
    case "all":
      return [];
    case "categories":
      return goods.categories;
    case "variants":
      return goods.variants;
  }
}

function putUnder(lines: Map<string, OpenLine[]>, key: string, line: OpenLine): void {
  const so = lines.get(key);
  if (so === undefined) lines.set(key, [line]);
  else so.push(line);
}
