import { FileDown, Printer } from "lucide-react";
import type { ReactNode } from "react";
import type { ShownReport } from "#protocol/till/shift.ts";
import { dateText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { printReport, saveReport } from "./acts.ts";
import { Unsent } from "./close-sheet.tsx";

/** An X or Z report as it looks on paper. */
export function ReportSheet({
  shown,
  paper,
  onClose,
}: {
  readonly shown: ShownReport;
  readonly paper: ReactNode;
  readonly onClose: () => void;
}) {
  const { kind, number, businessDay } = shown.report;
  const day = dateText(businessDay);
  return (
    <Sheet
      title={kind === "z" ? t("shift.report.z", { number, day }) : t("shift.report.x", { day })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <div className="grid grid-cols-[minmax(0,1fr)_17rem] items-start gap-5">
        <div className="rounded-2xl bg-sunken p-5">{paper}</div>
        <div className="sticky top-1 flex flex-col gap-3">
          <Button
            look="primary"
            size="huge"
            icon={<Printer aria-hidden className="shrink-0" />}
            onClick={() => void printReport(shown)}
          >
            {t("shift.report.print")}
          </Button>
          {kind === "z" ? (
            <Button
              size="huge"
              className="text-lg!"
              icon={<FileDown aria-hidden className="shrink-0" />}
              onClick={() => void saveReport(number)}
            >
              {t("shift.report.pdf")}
            </Button>
          ) : (
            <p className="text-ink-soft">{t("shift.report.xWhat")}</p>
          )}
          {kind === "z" ? <Unsent /> : null}
          <Button size="large" onClick={onClose}>
            {t("app.done")}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
