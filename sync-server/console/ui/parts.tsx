import type { ComponentProps, ReactNode } from "react";

/** A button; `primary` is the one thing a page is for. */
export function Button({
  look = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { readonly look?: "primary" | "plain" | "danger" }) {
  const looks = {
    primary: "bg-brand text-on-brand",
    plain: "border border-line bg-surface hover:bg-sunken",
    danger: "bg-danger-soft text-danger",
  };
  return (
    <button
      type="button"
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 font-semibold ${looks[look]} ${className}`}
      {...rest}
    />
  );
}

/** A card with a heading. */
export function Card({
  title,
  children,
  aside = null,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly aside?: ReactNode;
}) {
  return (
    <section className="overflow-hidden rounded-2xl border border-line bg-surface">
      <header className="flex min-h-14 items-center justify-between gap-3 border-line border-b px-5">
        <h2 className="font-bold text-lg">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** A table with its heads; figures stand right where `right` says so. */
export function Table({
  heads,
  children,
}: {
  readonly heads: readonly { readonly label: string; readonly right?: boolean }[];
  readonly children: ReactNode;
}) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="text-ink-soft text-sm">
            {heads.map(({ label, right }) => (
              <th
                key={label}
                scope="col"
                className={`px-5 py-2.5 font-semibold ${right === true ? "text-right" : ""}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-line border-t">{children}</tbody>
      </table>
    </div>
  );
}

export function Cell({
  children,
  right = false,
  soft = false,
}: {
  readonly children: ReactNode;
  readonly right?: boolean;
  readonly soft?: boolean;
}) {
  return (
    <td
      className={`px-5 py-2.5 align-top ${right ? "figures text-right" : ""} ${soft ? "text-ink-soft" : ""}`}
    >
      {children}
    </td>
  );
}

/** A word with a colour behind it; the word alone says it all. */
export function Tag({
  mood,
  children,
}: {
  readonly mood: "good" | "warn" | "bad" | "plain";
  readonly children: ReactNode;
}) {
  const moods = {
    good: "bg-brand-soft text-brand",
    warn: "bg-warn-soft text-warn",
    bad: "bg-danger-soft text-danger",
    plain: "bg-sunken text-ink-soft",
  };
  return (
    <span className={`inline-block rounded-full px-2.5 py-0.5 font-semibold text-sm ${moods[mood]}`}>
      {children}
    </span>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="p-8 text-center text-ink-soft">{children}</p>;
}
