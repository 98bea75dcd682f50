import { ChevronRight, PrinterX } from "lucide-react";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";

/** A printer that fails: in words, with what to do, below the bar, and only while one does. Pressing it leads to what becomes of what waits. */
export function PrinterStrip({ onOpen }: { readonly onOpen: () => void }) {
  const failing = useTill((till) => till.printers?.printers.find(({ trouble }) => trouble !== null));
  return (
    <div role="status" aria-label={t("bar.printer")}>
      {failing === undefined || failing.trouble === null ? null : (
        <button
          type="button"
          data-testid="printer-trouble"
          onClick={onOpen}
          className="press flex min-h-12 w-full items-center gap-3 bg-danger-soft px-4 py-1 text-start text-danger leading-tight"
        >
          <PrinterX aria-hidden size={22} className="shrink-0" />
          <span className="min-w-0 flex-1">
            <span className="font-bold">
              {t(`printing.trouble.${failing.trouble}`, { name: failing.name })}
              {". "}
            </span>
            {t(`printing.toDo.${failing.trouble}`)}
          </span>
          {failing.queued === 0 ? null : (
            <span className="figures shrink-0 font-semibold">
              {tCount("devices.state.waiting", failing.queued)}
            </span>
          )}
          <ChevronRight aria-hidden size={22} className="rtl:-scale-x-100 shrink-0" />
        </button>
      )}
    </div>
  );
}
