import { type CountId, idOf, instant, type VariantId } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { USUAL_REASONS } from "#domain/stock/adjusting.ts";
import { areaKey } from "#domain/stock/count-plan.ts";
import type { Verb, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CountsView } from "#protocol/till/counts.ts";
import { ITEMS } from "./fake-shop.ts";

type CountVerb =
  | "beginArea"
  | "countPiece"
  | "setCounted"
  | "finishArea"
  | "discardArea"
  | "finishCount"
  | "adjustStock";
type Verbs = { readonly [V in CountVerb & Verb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

const COUNT: CountsView["counts"][number] = {
  id: idOf<"Count">("count-1"),
  name: "November",
  scope: "all",
  category: "",
  articles: null,
  blind: true,
  day: idOf<"BusinessDay">("2026-11-30"),
  note: "",
  by: "Hanna",
  areas: [],
};

/** Counts and adjustments of a till in memory. */
export class FakeCounts {
  /** What was adjusted, in order. */
  readonly adjusted: { readonly variant: VariantId; readonly quantity: number; readonly why: string }[] = [];
  readonly #onChange: () => void;
  #view: CountsView = { counts: [], area: null, reasons: [...USUAL_REASONS] };

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get view(): CountsView {
    return this.#view;
  }

  /** HQ asks for a count. */
  ask(): CountId {
    this.#show({ counts: [COUNT] });
    return COUNT.id;
  }

  readonly verbs: Verbs = {
    beginArea: ({ count, area, again }) => {
      const asked = this.#view.counts.find(({ id }) => id === count);
      if (asked === undefined) return refused("noSuchCount");
      const isKnown = asked.areas.some((each) => areaKey(each.area) === areaKey(area));
      if (isKnown && !again) return refused("areaCounted");
      this.#show({ area: { count, countName: asked.name, area, again, pieces: 0, lines: [] } });
      return ok({});
    },
    countPiece: ({ code }) => {
      const item = ITEMS.find((each) => each.sku === code || each.gtin === code);
      if (this.#view.area === null) return refused("noAreaOpen");
      if (item === undefined) return refused("noSuchItem");
      const { variant } = item;
      const counted = (this.#view.area.lines.find((line) => line.variant === variant)?.counted ?? 0) + 1;
      this.#set(variant, counted);
      return ok({ variant, counted });
    },
    setCounted: ({ variant, counted }) => {
      if (this.#view.area === null) return refused("noAreaOpen");
      this.#set(variant, counted);
      return ok({});
    },
    finishArea: () => {
      const { area, counts } = this.#view;
      if (area === null) return refused("noAreaOpen");
      const told = {
        area: area.area,
        register: 1,
        staff: "",
        at: instant(Date.now()),
        articles: area.lines.length,
        pieces: area.pieces,
      };
      this.#show({
        area: null,
        counts: counts.map((each) =>
          each.id === area.count ? { ...each, areas: [...each.areas, told] } : each,
        ),
      });
      return ok({});
    },
    discardArea: () => {
      if (this.#view.area === null) return refused("noAreaOpen");
      this.#show({ area: null });
      return ok({});
    },
    finishCount: ({ count }) => {
      this.#show({ counts: this.#view.counts.filter(({ id }) => id !== count) });
      return ok({});
    },
    adjustStock: ({ variant, quantity, why }) => {
      this.adjusted.push({ variant, quantity, why });
      return ok({});
    },
  };

  #set(variant: VariantId, counted: number | null): void {
    const { area } = this.#view;
    const item = ITEMS.find((each) => each.variant === variant);
    if (area === null || item === undefined) return;
    const others = area.lines.filter((line) => line.variant !== variant);
    const { sku, name, options } = item;
    const line = { variant, sku, name, options, counted: counted ?? 0, expected: null };
    const lines = counted === null ? others : [line, ...others];
    this.#show({ area: { ...area, lines, pieces: lines.reduce((sum, each) => sum + each.counted, 0) } });
  }

  #show(changes: Partial<CountsView>): void {
    this.#view = { ...this.#view, ...changes };
    this.#onChange();
  }
}
