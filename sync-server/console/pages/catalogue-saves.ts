import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Money } from "#domain/money/money.ts";
import type { CatalogueRow, CatalogueVariant } from "#protocol/hq/catalogue.ts";
import { amountText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import type { CatalogueSaves, EditableField } from "./catalogue-columns.tsx";
import type { CatalogueWindows, GridProduct, WrittenCells } from "./catalogue-windows.ts";
import { type CellOutcome, CellSaves } from "./cell-saves.ts";
import { type KeepEdit, UnderWay, UndoableEdits } from "./edits.ts";
import { problemText } from "./problem-note.tsx";
import { Told } from "./told.ts";

/** What was done last, in words. */
export interface Said {
  readonly words: string;
  /** What the button that takes an edit back is called; null: there is none. */
  readonly undo: string | null;
  /** The feed that brings it to the tills (`on-tills.tsx`); null: nothing was saved. */
  readonly feed: string | null;
  /** Where in the feed it is, where the server said so. */
  readonly seq: number | null;
  /** Another with each time that something was done. */
  readonly round: number;
}

/** What is written in the cells of the catalogue, whichever windows show them. */
class CatalogueCells implements WrittenCells {
  /** A tab is not closed unasked while something waits to be sent. */
  readonly underWay = new UnderWay(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  });
  readonly fields = new CellSaves<string>();
  readonly prices = new CellSaves<Money | null>();
  /** What went wrong with what was written on a visit that has ended. */
  readonly told = new Told();
  /** Those that are looked at. */
  windows: CatalogueWindows | null = null;

  reading(): () => void {
    const shows = [this.fields.reading(), this.prices.reading()];
    return () => {
      for (const show of shows) show();
    };
  }
}

/** One for all visits to the page: what was written on an earlier one may still wait to be sent, and keeps its turn. */
export const CELLS = new CatalogueCells();

/** What was written, for whoever may take it back. */
interface Act<V> {
  readonly what: string;
  readonly feed: string;
  /** Writes back what was there before. */
  readonly back: (before: V) => Promise<CellOutcome<V>>;
  readonly keepEdit: KeepEdit;
}

/** Saves what was written in cells: shown at once, taken back where the server refuses, and undone one by one (`cell-saves.ts` says in which order). */
export function useCatalogueSaves(windows: CatalogueWindows): {
  readonly saves: CatalogueSaves;
  readonly said: Said | null;
  readonly undo: () => void;
} {
  const api = useApi();
  const { list } = windows;
  const [edits] = useState(() => new UndoableEdits(CELLS.underWay));
  const [said, setSaid] = useState<Said | null>(null);
  const say = useCallback(
    (news: Omit<Said, "round">) => setSaid((before) => ({ ...news, round: (before?.round ?? 0) + 1 })),
    [],
  );

  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    const leave = CELLS.told.hear((words) => say({ words, undo: null, feed: null, seq: null }));
    return () => {
      isShown.current = false;
      leave();
    };
  }, [say]);

  /** The words where something went wrong, told on a later visit where this one has ended. What may have been saved is read again. */
  const troubleOf = useCallback((what: string, outcome: CellOutcome<unknown>): string | null => {
    if (!("problem" in outcome)) return null;
    const problem = problemText(outcome.problem);
    if (!isShown.current) CELLS.told.tell(t("catalogue.problem", { what, problem }));
    if (outcome.kind === "unanswered") void CELLS.windows?.refresh();
    return problem;
  }, []);

  CELLS.windows = windows;
  const saves = useMemo((): CatalogueSaves => {
    /** Notes what was saved, so that it can be taken back; answers words where it was refused. */
    function keep<V>(outcome: CellOutcome<V>, { back, keepEdit, ...act }: Act<V>): string | null {
      const problem = troubleOf(act.what, outcome);
      if (outcome.kind !== "saved" && outcome.kind !== "unanswered") return problem;
      const { before } = outcome;
      const words =
        problem === null
          ? t("catalogue.saved", { what: act.what })
          : t("catalogue.problem", { what: act.what, problem });
      const seq = outcome.kind === "saved" ? outcome.seq : null;
      keepEdit({ ...act, undo: () => back(before) });
      say({ words, undo: undoText(edits, act.what), feed: act.feed, seq });
      return problem;
    }

    return {
      async field(product, name, value) {
        const cell = `${product.product} ${name}`;
        const write = (before: string, wanted: string) =>
          CELLS.fields.save({
            cell,
            before,
            value: wanted,
            send: (text) => api.catalogue.edit(product.product, { [name]: text }),
            show: (text) => CELLS.windows?.show(product.product, (row) => withField(row, name, text)),
          });
        const what = `${t(`catalogue.column.${name}`)}, ${product.title}`;
        const back = (before: string) => write(value, before);
        return edits.write(cell, async (keepEdit) =>
          keep(await write(product[name], value), { what, feed: "catalog", back, keepEdit }),
        );
      },
      async price(at, sku, amount) {
        if (list === null) return null;
        const cell = `${list} ${sku}`;
        const write = (before: Money | null, wanted: Money | null) =>
          CELLS.prices.save({
            cell,
            before,
            value: wanted,
            send: (now) =>
              now === null
                ? api.prices.remove({ sku, list, validFrom: null })
                : api.setPrice({ sku, list, amount: now }),
            show: (now) => {
              // Another list is looked at by now.
              if (CELLS.windows?.list === list) showPrice(CELLS.windows, at, now);
            },
          });
        const variant = at.kind === "variant" ? at.variant : at.product.only;
        const what = `${sku} ${amountText(amount)}`;
        const back = (before: Money | null) => write(amount, before);
        return edits.write(cell, async (keepEdit) =>
          keep(await write(variant?.price ?? null, amount), { what, feed: `prices:${list}`, back, keepEdit }),
        );
      },
    };
  }, [api, edits, list, say, troubleOf]);

  const undo = useCallback(() => {
    void edits.undo().then((undone) => {
      if (undone === null) return;
      const {
        edit: { what, feed },
        outcome,
      } = undone;
      // What was written since stays.
      if (outcome.kind === "overtaken") return;
      const problem = troubleOf(what, outcome);
      const words = problem ?? t("catalogue.undone", { what });
      const next = outcome.kind === "unanswered" ? undoText(edits, what) : null;
      say({ words, undo: next, feed, seq: null });
    });
  }, [edits, say, troubleOf]);
  return { saves, said, undo };
}

/** The words of the button beside what is said of an edit: what was written after that one is taken back before it. */
function undoText({ next }: UndoableEdits, said: string): string | null {
  if (next === null) return null;
  return next.what === said ? t("catalogue.undo") : t("catalogue.undoOther", { what: next.what });
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
