import { idOf, type VariantId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AdjustmentReason } from "#domain/stock/adjusting.ts";
import type { CountDocument } from "#protocol/documents/count.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { CountCard, CountLine, CountsView, OpenArea } from "#protocol/till/counts.ts";
import type { AreaDraft } from "./count-draft.ts";

/** What the screen shows of counts: those that are asked for, with this till's own areas that the replica does not know of, and the area in hand. */
export function countsViewOf({
  counts,
  draft,
  pending,
  register,
  peek,
  reasons,
}: {
  readonly counts: readonly CountDocument[];
  readonly draft: AreaDraft | null;
  readonly pending: readonly JournalEntry[];
  readonly register: number;
  readonly peek: (variant: VariantId) => Item | null;
  readonly reasons: readonly AdjustmentReason[];
}): CountsView {
  const count = counts.find(({ id }) => id === draft?.count);
  return {
    counts: counts.map((each) => cardOf(each, { pending, register })),
    area:
      draft === null ? null : areaOf(draft, { name: count?.name ?? "", blind: count?.blind ?? true, peek }),
    reasons: [...reasons],
  };
}

function cardOf(
  { id, name, scope, blind, day, note, by, areas }: CountDocument,
  { pending, register }: { readonly pending: readonly JournalEntry[]; readonly register: number },
): CountCard {
  const own = pending.flatMap(({ fact, at }) =>
    fact.type === "stock.areaCounted" && fact.count === id && !areas.some((area) => area.id === fact.id)
      ? [{ fact, at }]
      : [],
  );
  const replaced = new Set(own.flatMap(({ fact }) => fact.replaces));
  const known = areas
    .filter((area) => !replaced.has(area.id))
    .map(({ area, register: at, staff, at: moment, articles, pieces }) => ({
      area,
      register: at,
      staff,
      at: moment,
      articles,
      pieces,
    }));
  const told = own
    .filter(({ fact }) => !replaced.has(fact.id))
    .map(({ fact, at }) => ({
      area: fact.area,
      register,
      staff: "",
      at,
      articles: fact.lines.length,
      pieces: piecesOf(fact.lines),
    }));
  return {
    id,
    name,
    scope: scope.kind,
    category: scope.kind === "category" ? scope.category : "",
    articles: scope.kind === "list" ? scope.variants.length : null,
    blind,
    day,
    note,
    by,
    areas: [...known, ...told],
  };
}

function areaOf(
  { count, area, replaces, lines }: AreaDraft,
  {
    name,
    blind,
    peek,
  }: { readonly name: string; readonly blind: boolean; readonly peek: (variant: VariantId) => Item | null },
): OpenArea {
  return {
    count,
    countName: name,
    area,
    again: replaces.length > 0,
    pieces: piecesOf(lines),
    lines: lines.toReversed().map(({ variant, counted }): CountLine => {
      const item = peek(variant);
      return {
        variant,
        sku: item?.sku ?? idOf<"Sku">(variant),
        name: item?.name ?? variant,
        options: item?.options ?? [],
        counted,
        expected: blind ? null : (item?.onHand ?? null),
      };
    }),
  };
}

function piecesOf(lines: readonly { readonly counted: number }[]): number {
  return lines.reduce((sum, { counted }) => sum + counted, 0);
}
