import { t } from "../translate.ts";
import type { TableColumn } from "../ui/table.tsx";

/** The way in which rows are sorted. */
export type Way = "up" | "down";

/** A column by whose heading rows are sorted; pressed once more, the other way round. `first`: which way it is at first. */
export function sortedColumn<By extends string>({
  title,
  by,
  align = "left",
  sorted,
  first = "up",
  onSort,
}: {
  readonly title: string;
  readonly by: By;
  readonly align?: TableColumn["align"];
  readonly sorted: { readonly by: string; readonly way: Way };
  readonly first?: Way;
  readonly onSort: (by: By, way: Way) => void;
}): TableColumn {
  const isSorted = sorted.by === by;
  const other = first === "up" ? "down" : "up";
  return {
    title,
    align,
    sorting: {
      way: isSorted ? sorted.way : null,
      label: t("sort.by", { column: title }),
      onSort: () => onSort(by, isSorted && sorted.way === first ? other : first),
    },
  };
}
