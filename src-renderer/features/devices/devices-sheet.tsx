import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { PrinterFormSheet } from "./printer-form.tsx";
import { usePrinterForm } from "./printer-store.ts";
import { SECTIONS } from "./sections.ts";

/** What hangs on this till: found, set up and tried, one section for each kind of device. */
export function DevicesSheet({ onClose }: { readonly onClose: () => void }) {
  const edited = usePrinterForm((form) => form.edited);
  if (edited !== null) return <PrinterFormSheet edited={edited} />;
  return (
    <Sheet title={t("devices.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <div className="flex flex-col gap-8">
        {SECTIONS.map(({ kind, Section }) => (
          <Section key={kind} />
        ))}
      </div>
    </Sheet>
  );
}
