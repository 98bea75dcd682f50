import { isRightToLeft } from "#domain/receipt/direction.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";

const ALIGNED = { left: "text-start", center: "text-center", right: "text-end" } as const;

/** A receipt as paper shows it, near enough to judge its words and its logo by. */
export function ReceiptPaper({
  label,
  rows,
}: {
  readonly label: string;
  readonly rows: readonly ReceiptRow[];
}) {
  const tag = rows.flatMap((row) => (row.kind === "language" ? [row.tag] : []))[0] ?? "en";
  return (
    <section
      aria-label={label}
      lang={tag}
      dir={isRightToLeft(tag) ? "rtl" : "ltr"}
      className="mx-auto w-full max-w-80 space-y-0.5 rounded-lg border border-line bg-white px-4 py-5 text-[13px] text-neutral-900 leading-snug shadow-sm"
    >
      {rows.map((row, place) => (
        // Rows have no names of their own and none moves: their place is what tells them apart.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <PaperRow key={place} row={row} />
      ))}
    </section>
  );
}

function PaperRow({ row }: { readonly row: ReceiptRow }) {
  switch (row.kind) {
    case "language":
      return null;
    case "rule":
      return <hr className="my-2 border-neutral-400 border-dashed" />;
    case "text":
      return <p className={`${ALIGNED[row.align]} ${row.strong ? "font-bold" : ""}`}>{row.text}</p>;
    case "pair":
    case "big":
      return (
        <p
          className={`figures flex justify-between gap-3 ${row.kind === "big" || row.strong ? "font-bold" : ""} ${row.kind === "big" ? "text-base" : ""}`}
        >
          <span className="min-w-0">{row.left}</span>
          <span className="whitespace-nowrap">{row.right}</span>
        </p>
      );
    case "image":
      return (
        <img
          src={`data:image/png;base64,${row.png}`}
          alt={row.label}
          className="mx-auto mb-2 max-h-32 max-w-full"
        />
      );
    case "barcode":
      return <p className="figures pt-2 text-center tracking-widest">{row.text}</p>;
    case "qr":
      return <p className="pt-2 text-center">{row.label}</p>;
  }
}
