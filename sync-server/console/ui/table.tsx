import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
  /** Where rows can be sorted by it: which way they are, null where by another, and what sorts them by it. */
  readonly sorting?: {
    readonly way: "up" | "down" | null;
    readonly onSort: () => void;
    readonly label: string;
  };
}

/** A table with its headings; rows are `Row`s of `Cell`s. It scrolls sideways by itself where the page is too narrow. */
export function Table({
  label,
  columns,
  children,
}: {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly children: ReactNode;
}) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="w-full border-collapse">
        <thead className="text-[13px] text-soft">
          <tr className="border-line border-b">
            {columns.map((column) =>
              // An empty heading is read out as one.
              column.title === "" ? <td key="" /> : <ColumnHeading key={column.title} {...column} />,
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function ColumnHeading({ title, align = "left", sorting }: TableColumn) {
  return (
    <th
      scope="col"
      aria-sort={sorting == null ? undefined : ARIA_SORTS[sorting.way ?? "not"]}
      className={`whitespace-nowrap px-3 py-2.5 first:pl-5 last:pr-5 ${align === "right" ? "text-right" : ""}`}
    >
      {sorting === undefined ? title : <SortButton title={title} {...sorting} />}
    </th>
  );
}

const ARIA_SORTS = { up: "ascending", down: "descending", not: "none" } as const;

function SortButton({
  title,
  way,
  label,
  onSort,
}: NonNullable<TableColumn["sorting"]> & { readonly title: string }) {
  return (
    <button
      type="button"
      onClick={onSort}
      aria-label={label}
      className={`-my-2 inline-flex min-h-10 items-center gap-1 hover:text-ink ${way === null ? "" : "font-semibold text-ink"}`}
    >
      {title}
      {way === "up" && <ArrowUp aria-hidden size={13} />}
      {way === "down" && <ArrowDown aria-hidden size={13} />}
    </button>
  );
}

export function Row({
  children,
  className = "",
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return <tr className={`border-line border-b last:border-b-0 ${className}`}>{children}</tr>;
}

export function Cell({
  children,
  align = "left",
  isIndented = false,
  className = "",
}: {
  readonly children: ReactNode;
  readonly align?: "left" | "right";
  /** As far in as the text beside a row's chevron. */
  readonly isIndented?: boolean;
  readonly className?: string;
}) {
  return (
    <td
      className={`px-3 py-2.5 last:pr-5 ${isIndented ? "first:pl-12" : "first:pl-5"} ${align === "right" ? "figures text-right" : ""} ${className}`}
    >
      {children}
    </td>
  );
}
