import { useEffect, useMemo, useState } from "react";
import type { PriceListId, TaxClassId } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { useApi, useMay, useSignOut } from "../signed-in.ts";
import { type GridLayout, keepLayout, layoutOf, readLayout, shownColumns } from "../ui/grid-layout.ts";
import { usePolled } from "../use-polled.ts";
import { type CatalogueSaves, catalogueColumns } from "./catalogue-columns.tsx";
import { type CatalogueQuestion, CatalogueWindows, type WrittenCells } from "./catalogue-windows.ts";

const REFRESH_MS = 10_000;

/** The windows of a question, and a number that grows whenever they are others. Another question begins anew, as does another `round` of the same. */
export function useCatalogue(
  question: CatalogueQuestion,
  round: number,
  written: WrittenCells,
): { readonly windows: CatalogueWindows; readonly version: number } {
  const { catalogue } = useApi();
  const signOut = useSignOut();
  const [version, setVersion] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks the same question again
  const windows = useMemo(
    () => new CatalogueWindows(catalogue, question, written, () => setVersion((before) => before + 1)),
    [catalogue, question, written, round],
  );
  useEffect(() => {
    windows.open();
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void windows.refresh();
    }, REFRESH_MS);
    return () => {
      windows.close();
      window.clearInterval(timer);
    };
  }, [windows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the problem is one of this version
  useEffect(() => {
    if (windows.problem?.kind === "unauthorised") signOut();
  }, [windows, version, signOut]);
  return { windows, version };
}

const LISTS_REFRESH_MS = 60_000;
/** The name under which this browser keeps its columns. */
const LAYOUT = "catalogue";

/** What the grid goes by besides the products. */
export interface CatalogueKnown {
  readonly lists: readonly { readonly id: PriceListId; readonly name: string }[];
  /** The one that is looked at, and what it is kept in. */
  readonly list: PriceListId | null;
  readonly currency: Currency | null;
  readonly taxClasses: readonly { readonly id: TaxClassId; readonly name: string }[];
}

export function useKnown({ list, handle }: CatalogueWindows): CatalogueKnown {
  const { prices } = useApi();
  const { data } = usePolled(prices.lists, LISTS_REFRESH_MS);
  const [taxClasses, setTaxClasses] = useState<CatalogueKnown["taxClasses"]>([]);
  const isWanting = taxClasses.length === 0;
  useEffect(() => {
    if (!isWanting || handle === null) return;
    void prices.extras(handle).then((answer) => {
      if (answer.ok) setTaxClasses(answer.value.taxClasses);
    });
  }, [prices, handle, isWanting]);
  return useMemo(() => {
    const lists = data?.lists ?? [];
    return { lists, list, currency: lists.find(({ id }) => id === list)?.currency ?? null, taxClasses };
  }, [data, list, taxClasses]);
}

/** The columns as this person wants them. */
export function useLayout({ list, currency, taxClasses }: CatalogueKnown, saves: CatalogueSaves) {
  const fields = useMay("catalogue.edit", { everywhere: true });
  const prices = useMay("prices.edit", { everywhere: true });
  const [kept, setKept] = useState(() => readLayout(LAYOUT));
  const all = useMemo(
    () => catalogueColumns({ list, currency, taxClasses, saves, may: { fields, prices } }),
    [list, currency, taxClasses, saves, fields, prices],
  );
  return useMemo(() => {
    const layout = layoutOf(all, kept);
    return {
      layout,
      columns: shownColumns(all, layout),
      inOrder: layout.order.flatMap((id) => all.filter((column) => column.id === id)),
      setLayout: (next: GridLayout | null) => {
        keepLayout(LAYOUT, next ?? layoutOf(all, null));
        setKept(next);
      },
    };
  }, [all, kept]);
}
