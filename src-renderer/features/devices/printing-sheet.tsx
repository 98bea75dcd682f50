import { CircleCheck, Printer, RotateCcw, Trash2, TriangleAlert } from "lucide-react";
import type { PrinterCard } from "#protocol/till/devices.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { cancelPrints, printOn, reprintLast, testPrinter } from "./printer-store.ts";

/** What keeps printers from printing, what to do about it, and what becomes of what waits. */
export function PrintingSheet({ onClose }: { readonly onClose: () => void }) {
  const printers = useTill((till) => till.printers?.printers) ?? [];
  const failing = printers.filter(({ trouble }) => trouble !== null);
  return (
    <Sheet title={t("printing.title")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-5">
        {failing.length === 0 ? (
          <Say icon={<CircleCheck aria-hidden />}>{t("printing.allWell")}</Say>
        ) : (
          <>
            {failing.map((printer) => (
              <Failing key={printer.id} printer={printer} others={printers} />
            ))}
            <p className="text-ink-soft">{t("printing.goesOn")}</p>
          </>
        )}
        <div className="grid grid-cols-2 gap-3">
          <Button
            icon={<RotateCcw aria-hidden size={20} className="shrink-0" />}
            onClick={() => void reprintLast()}
          >
            {t("printing.reprintLast")}
          </Button>
          <Button icon={<Printer aria-hidden size={20} />} onClick={() => openOverlay({ kind: "devices" })}>
            {t("devices.open")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}

function Failing({
  printer,
  others,
}: {
  readonly printer: PrinterCard;
  readonly others: readonly PrinterCard[];
}) {
  const { id, name, trouble, queued } = printer;
  if (trouble === null) return null;
  const elsewhere = others.filter((each) => each.id !== id && each.trouble === null);
  return (
    <section aria-label={name} className="flex flex-col gap-3">
      <Say icon={<TriangleAlert aria-hidden />} look="bg-danger-soft text-danger">
        <p className="font-bold">{t(`printing.trouble.${trouble}`, { name })}</p>
        <p>{t(`printing.toDo.${trouble}`)}</p>
        {queued === 0 ? null : <p className="mt-1">{tCount("devices.state.waiting", queued)}</p>}
      </Say>
      <div className="flex flex-col gap-2">
        {queued === 0
          ? null
          : elsewhere.map((other) => (
              <Button key={other.id} look="primary" size="large" onClick={() => void printOn(id, other)}>
                {t("printing.printOn", { name: other.name })}
              </Button>
            ))}
        <div className="grid grid-cols-2 gap-2">
          <Button onClick={() => void (queued === 0 ? testPrinter(printer) : printOn(id, printer))}>
            {t("printing.tryNow")}
          </Button>
          <Button
            disabled={queued === 0}
            icon={<Trash2 aria-hidden size={20} />}
            onClick={() => void cancelPrints(id)}
          >
            {t("printing.cancel")}
          </Button>
        </div>
      </div>
    </section>
  );
}
