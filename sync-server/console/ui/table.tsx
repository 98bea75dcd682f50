import type { ReactNode } from "react";

export interface TableColumn {
  readonly title: string;
  readonly align?: "left" | "right";
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
            {columns.map(({ title, align = "left" }) => (
              <th
                key={title}
                scope="col"
                className={`whitespace-nowrap px-3 py-2.5 first:pl-5 last:pr-5 ${align === "right" ? "text-right" : ""}`}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
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
