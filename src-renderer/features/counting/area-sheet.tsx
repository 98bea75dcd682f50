import { ScanBarcode, X } from "lucide-react";
import { useState } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import type { CountLine, OpenArea } from "#protocol/till/counts.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { countPiece, discardArea, finishArea, setCounted } from "./acts.ts";

/** An area while it is counted: every scan is a piece, a figure typed is all there are of what was scanned last. */
export function AreaSheet({ area, onClose }: { readonly area: OpenArea; readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [last] = area.lines;
  const type = (digits: string): void =>
    setTyped((before) => {
      const next = (before + digits.replace(/\D/g, "")).replace(/^0+(?=\d)/, "");
      return Number(next) > MAX_COUNTED ? before : next;
    });
  useTyped("over", type);
  useScans("over", async (code) => {
    setTyped("");
    await countPiece(code);
  });
  async function set(): Promise<void> {
    if (last === undefined || typed === "") return;
    await setCounted(last.variant, Number(typed));
    setTyped("");
  }
  return (
    <Sheet
      title={t("counting.title", { area: area.area, name: area.countName })}
      closeLabel={t("counting.pause")}
      onClose={onClose}
      width="wide"
      footer={
        <div className="flex gap-3">
          <Button look="quiet" onClick={() => void discardArea(area.area)}>
            {t("counting.discard")}
          </Button>
          <Button onClick={onClose}>{t("counting.pause")}</Button>
          <Button look="primary" size="large" className="ms-auto" onClick={() => void finishArea(area)}>
            {t("counting.areaDone")}
          </Button>
        </div>
      }
    >
      <form
        className="grid grid-cols-[minmax(0,1fr)_20rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void set();
        }}
      >
        <section className="flex min-w-0 flex-col gap-3">
          <p className="flex items-center gap-2 text-ink-soft">
            <ScanBarcode aria-hidden className="shrink-0" />
            {t("counting.scan")}
          </p>
          <p className="flex items-baseline justify-between gap-3 rounded-2xl bg-brand-soft px-4 py-3">
            <span className="font-semibold">{t("counting.pieces")}</span>
            <output data-testid="area-pieces" className="figures font-extrabold text-3xl">
              {area.pieces}
            </output>
          </p>
          <ul aria-label={t("counting.lines")} className="flex flex-col gap-1">
            {area.lines.map((line, place) => (
              <Line key={line.variant} line={line} isLast={place === 0} />
            ))}
          </ul>
        </section>
        <section className="flex flex-col gap-3">
          <p
            role="status"
            className={`figures grid min-h-16 place-items-center rounded-2xl font-extrabold text-4xl ${typed === "" ? "bg-sunken text-ink-soft" : "bg-brand-soft"}`}
          >
            {typed === "" ? (last?.counted ?? "–") : typed}
          </p>
          <Numpad
            label={t("counting.typeHint")}
            deleteLabel={t("payment.delete")}
            onDigits={type}
            onDelete={() => setTyped((before) => before.slice(0, -1))}
          />
          <Button type="submit" size="large" disabled={last === undefined || typed === ""}>
            {typed === "" ? t("counting.typeHint") : t("counting.set", { count: Number(typed) })}
          </Button>
        </section>
      </form>
    </Sheet>
  );
}

function Line({ line, isLast }: { readonly line: CountLine; readonly isLast: boolean }) {
  const name = [line.name, variantLabel(line.options)]
    .filter((text) => text !== "")
    .map(apart)
    .join(" · ");
  return (
    <li
      className={`flex items-center gap-3 rounded-xl border px-4 py-2 ${isLast ? "border-brand" : "border-line"}`}
    >
      <span className="min-w-0 flex-1">
        {isLast ? <span className="block font-semibold text-brand text-sm">{t("counting.last")}</span> : null}
        <bdi className="block truncate font-semibold">{name}</bdi>
        <span className="figures block text-ink-soft text-sm">
          {[line.sku, line.expected === null ? "" : t("counting.expected", { count: line.expected })]
            .filter((text) => text !== "")
            .map(apart)
            .join(" · ")}
        </span>
      </span>
      <span className="figures font-bold text-xl">{line.counted}</span>
      <Button
        look="quiet"
        aria-label={t("counting.remove", { name })}
        icon={<X aria-hidden />}
        onClick={() => void setCounted(line.variant, null)}
      />
    </li>
  );
}
