import { useCallback, useMemo, useRef, useState } from "react";
import type { PriceListId, Sku } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { CatalogueRow, CatalogueVariant } from "#protocol/hq/catalogue.ts";
import type { Answer } from "../ask.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import type { CatalogueSaves, EditableField } from "./catalogue-columns.tsx";
import type { CatalogueWindows, GridProduct } from "./catalogue-windows.ts";
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

interface Undoable {
  readonly what: string;
  readonly feed: string;
  readonly undo: () => Promise<string | null>;
}

/** Edits that can be taken back, the last first. */
const MAX_UNDOABLE = 50;

/** Saves what was written in cells: shown at once, taken back where the server refuses, and undone one by one. */
export function useCatalogueSaves(
  windows: CatalogueWindows,
  list: PriceListId | null,
): {
  readonly saves: CatalogueSaves;
  readonly said: Said | null;
  readonly undo: () => void;
} {
  const api = useApi();
  const done = useRef<Undoable[]>([]);
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback(
    (news: Omit<Said, "round">) => setSaid((before) => ({ ...news, round: (before?.round ?? 0) + 1 })),
    [],
  );

  const keep = useCallback(
    async (answer: Promise<Answer<{ readonly seq: number }>>, revert: () => void, act: Undoable | null) => {
      const saved = await answer;
      if (!saved.ok) {
        revert();
        return problemText(saved.reason);
      }
      if (act !== null) {
        done.current = [act, ...done.current].slice(0, MAX_UNDOABLE);
        const { seq } = saved.value;
        say({ words: t("catalogue.saved", { what: act.what }), canUndo: true, feed: act.feed, seq });
      }
      return null;
    },
    [say],
  );

  const saves = useMemo((): CatalogueSaves => {
    async function field(product: CatalogueRow, name: EditableField, value: string, isUndo = false) {
      const before = product[name];
      const show = (text: string) => windows.show(product.product, (row) => withField(row, name, text));
      show(value);
      const undo = () => field({ ...product, ...withField(product, name, value) }, name, before, true);
      const what = `${t(`catalogue.column.${name}`)}, ${product.title}`;
      const answer = api.catalogue.edit(product.product, { [name]: value });
      return keep(answer, () => show(before), isUndo ? null : { what, undo, feed: "catalog" });
    }

    async function price(at: GridProduct, sku: Sku, amount: Money, isUndo = false): Promise<string | null> {
      if (list === null) return null;
      const variant = at.kind === "variant" ? at.variant : at.product.only;
      const before = variant?.price ?? null;
      const show = (now: Money | null) => showPrice(windows, at, now);
      show(amount);
      const undo = async () => {
        if (before !== null) return price(at, sku, before, true);
        show(null);
        return keep(api.prices.remove({ sku, list, validFrom: null }), () => show(amount), null);
      };
      const act = { what: `${sku} ${amountText(amount)}`, undo, feed: `prices:${list}` };
      return keep(api.setPrice({ sku, list, amount }), () => show(before), isUndo ? null : act);
    }
    return {
      field: (product, name, value) => field(product, name, value),
      price: (at, sku, amount) => price(at, sku, amount),
    };
  }, [api, windows, list, keep]);

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
