import { isRightToLeft } from "#domain/receipt/direction.ts";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import { DrawnPicture } from "../../ui/drawn-picture.tsx";
import { QrCode } from "../../ui/qr-code.tsx";

/** What begins at the left in one script begins at the right in the other. */
const ALIGN = { left: "text-start", center: "text-center", right: "text-end" } as const;

/** A receipt as it looks on paper, in both themes; its words are the receipt's own. */
export function Paper({ receipt }: { readonly receipt: Pick<Receipt, "rows"> }) {
  const language = receipt.rows.find((row) => row.kind === "language")?.tag;
  return (
    <article
      lang={language}
      dir={language !== undefined && isRightToLeft(language) ? "rtl" : "ltr"}
      className="torn mx-auto w-full max-w-sm select-text bg-white px-6 pt-9 pb-8 font-mono text-[0.8125rem] text-black leading-relaxed"
    >
      {receipt.rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes, so a row's place is its name
        <Row key={index} row={row} />
      ))}
    </article>
  );
}

function Row({ row }: { readonly row: ReceiptRow }) {
  switch (row.kind) {
    case "text":
      return (
        <p
          className={`min-h-4 whitespace-pre-wrap break-words ${ALIGN[row.align]} ${row.strong ? "font-bold" : ""}`}
        >
          {row.text}
        </p>
      );
    case "pair":
      return (
        <p className={`flex justify-between gap-3 ${row.strong ? "font-bold" : ""}`}>
          <span className="min-w-0 whitespace-pre-wrap break-words">{row.left}</span>
          <bdi className="shrink-0">{row.right}</bdi>
        </p>
      );
    case "big":
      return (
        <p className="my-1 flex justify-between gap-3 font-bold text-lg">
          <span>{row.left}</span>
          <bdi>{row.right}</bdi>
        </p>
      );
    case "rule":
      return <hr className="my-2 border-black/60 border-dashed" />;
    case "barcode":
      return <p className="mt-3 text-center tracking-widest">{row.text}</p>;
    case "qr":
      return (
        <div className="mx-auto mt-3 w-48">
          <QrCode text={row.text} label={row.label} />
          <p className="mt-1 text-center">{row.label}</p>
        </div>
      );
    case "image":
      return (
        <DrawnPicture
          png={row.png}
          label={row.label}
          className="mx-auto mb-2 max-h-32 max-w-full grayscale"
        />
      );
    case "language":
      return null;
  }
}
