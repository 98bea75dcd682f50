import { PrinterX } from "lucide-react";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** A printer that fails, in words and a sign; it is there only while one does. Pressing it tells what to do. */
export function PrinterChip({ onOpen }: { readonly onOpen: () => void }) {
  const failing = useTill((till) => till.printers?.printers.find(({ trouble }) => trouble !== null));
  if (failing === undefined || failing.trouble === null) return <div role="status" className="contents" />;
  return (
    <div role="status" aria-label={t("bar.printer")} className="min-w-0">
      <button
        type="button"
        data-testid="printer-trouble"
        onClick={onOpen}
        className="press flex min-h-12 max-w-52 items-center gap-2 rounded-2xl bg-danger-soft px-3 text-left font-semibold text-danger text-sm leading-tight"
      >
        <PrinterX aria-hidden size={20} className="shrink-0" />
        <span className="line-clamp-2">
          {t(`printing.trouble.${failing.trouble}`, { name: failing.name })}
        </span>
      </button>
    </div>
  );
}
