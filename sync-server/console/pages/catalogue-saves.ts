import { useCallback, useMemo, useRef, useState } from "react";
import type { Money } from "#domain/money/money.ts";
import type { CatalogueRow, CatalogueVariant } from "#protocol/hq/catalogue.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import type { CatalogueSaves, EditableField } from "./catalogue-columns.tsx";
import type { CatalogueWindows, GridProduct, WrittenCells } from "./catalogue-windows.ts";
import { type CellOutcome, CellSaves } from "./cell-saves.ts";
import { problemText } from "./problem-note.tsx";

/** What was done last, in words; `canUndo`: it was an edit. */
export interface Said {
  readonly words: string;
  readonly canUndo: boolean;
  /** The feed that brings it to the tills (`on-tills.tsx`). */
  readonly feed: string;
  /** Where in the feed it is, where the server said so. */
  readonly seq: number | null;
  /** Another with each time that something was done. */
  readonly round: number;
}

/** What is written in the cells of the page, whichever windows show them. */
export class CatalogueCells implements WrittenCells {
  readonly fields = new CellSaves<string>();
  readonly prices = new CellSaves<Money | null>();
  /** Those that are looked at. */
  windows: CatalogueWindows | null = null;

  reading(): () => void {
    const shows = [this.fields.reading(), this.prices.reading()];
    return () => {
      for (const show of shows) show();
    };
  }
}

/** Writes back what was there before. */
type Back<V> = (before: V) => Promise<CellOutcome<V>>;

interface Undoable {
  readonly what: string;
  readonly feed: string;
  readonly undo: () => Promise<string | null>;
}

/** Edits that can be taken back, the last first. */
const MAX_UNDOABLE = 50;

/** Saves what was written in cells: shown at once, taken back where the server refuses, and undone one by one (`cell-saves.ts` says in which order). */
export function useCatalogueSaves(
  cells: CatalogueCells,
  windows: CatalogueWindows,
): {
  readonly saves: CatalogueSaves;
  readonly said: Said | null;
  readonly undo: () => void;
} {
  const api = useApi();
  const { list } = windows;
  const done = useRef<Undoable[]>([]);
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback(
    (news: Omit<Said, "round">) => setSaid((before) => ({ ...news, round: (before?.round ?? 0) + 1 })),
    [],
  );

  cells.windows = windows;
  const saves = useMemo((): CatalogueSaves => {
    /** Notes what was saved, so that it can be taken back; answers words where it was refused. */
    function keep<V>(
      outcome: CellOutcome<V>,
      { back, ...act }: { readonly what: string; readonly feed: string; readonly back: Back<V> },
    ): string | null {
      if (outcome.kind !== "saved") return refusalOf(outcome);
      const { before, seq } = outcome;
      const undo = async () => refusalOf(await back(before));
      done.current = [{ ...act, undo }, ...done.current].slice(0, MAX_UNDOABLE);
      say({ words: t("catalogue.saved", { what: act.what }), canUndo: true, feed: act.feed, seq });
      return null;
    }

    return {
      async field(product, name, value) {
        const write = (before: string, wanted: string) =>
          cells.fields.save({
            cell: `${product.product} ${name}`,
            before,
            value: wanted,
            send: (text) => api.catalogue.edit(product.product, { [name]: text }),
            show: (text) => cells.windows?.show(product.product, (row) => withField(row, name, text)),
          });
        const what = `${t(`catalogue.column.${name}`)}, ${product.title}`;
        const back = (before: string) => write(value, before);
        return keep(await write(product[name], value), { what, feed: "catalog", back });
      },
      async price(at, sku, amount) {
        if (list === null) return null;
        const write = (before: Money | null, wanted: Money | null) =>
          cells.prices.save({
            cell: `${list} ${sku}`,
            before,
            value: wanted,
            send: (now) =>
              now === null
                ? api.prices.remove({ sku, list, validFrom: null })
                : api.setPrice({ sku, list, amount: now }),
            show: (now) => {
              // Another list is looked at by now.
              if (cells.windows?.list === list) showPrice(cells.windows, at, now);
            },
          });
        const variant = at.kind === "variant" ? at.variant : at.product.only;
        const what = `${sku} ${amountText(amount)}`;
        const back = (before: Money | null) => write(amount, before);
        return keep(await write(variant?.price ?? null, amount), { what, feed: `prices:${list}`, back });
      },
    };
  }, [api, cells, list, say]);

  const undo = useCallback(() => {
    const [last, ...others] = done.current;
    if (last === undefined) return;
    done.current = others;
    void last.undo().then((refused) =>
      say({
        words: refused ?? t("catalogue.undone", { what: last.what }),
        canUndo: false,
        feed: last.feed,
        seq: null,
      }),
    );
  }, [say]);
  return { saves, said, undo };
}

function refusalOf(outcome: CellOutcome<unknown>): string | null {
  return outcome.kind === "refused" ? problemText(outcome.problem) : null;
}

function withField(row: CatalogueRow, name: EditableField, value: string): CatalogueRow {
  // The server checks what it is; until it has answered it is shown as it was written.
  return { ...row, [name]: value };
}

function showPrice(windows: CatalogueWindows, at: GridProduct, price: Money | null): void {
  const priced = (variant: CatalogueVariant): CatalogueVariant => ({ ...variant, price });
  if (at.kind === "variant") windows.showVariant(at.variant.variant, priced);
  else
    windows.show(at.product.product, (row) => ({
      ...row,
      only: row.only === null ? null : priced(row.only),
      lowest: price,
      highest: price,
    }));
}
