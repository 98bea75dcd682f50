import { CloudCheck, CloudUpload } from "lucide-react";
import { useEffect, useState } from "react";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import { dateText, moneyText, timeText } from "../../app/format.ts";
import { client, useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { openZReport, outcomeWords } from "./acts.ts";

const LATEST = 100;

/** The days that were closed at this till, newest first; pressing one shows it again. */
export function ReportsSheet({ onClose }: { readonly onClose: () => void }) {
  const unsent = useTill((till) => till.sync?.unsent);
  const [reports, setReports] = useState<VerbAnswer<"zReports"> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is sent shows in the list, so it is read again when that changes
  useEffect(() => {
    let stale = false;
    client.call("zReports", { limit: LATEST }).then(
      (latest) => {
        if (!stale) setReports(latest);
      },
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [unsent]);
  return (
    <Sheet title={t("shift.reports.title")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      {reports?.length === 0 ? <p className="text-ink-soft text-lg">{t("shift.reports.none")}</p> : null}
      <ul className="flex flex-col gap-2">
        {reports?.map((report) => (
          <li key={report.number}>
            <button
              type="button"
              onClick={() => void openZReport(report.number)}
              className="press grid min-h-16 w-full grid-cols-[1fr_10rem_11rem_8rem] items-center gap-4 rounded-xl border border-line bg-paper px-4 text-start hover:border-brand"
            >
              <span>
                <span className="figures block font-semibold">
                  {[t("shift.reports.number", { number: report.number }), dateText(report.businessDay)]
                    .map(apart)
                    .join(" · ")}
                </span>
                <span className="block text-ink-soft text-sm">{timeText(report.madeAt)}</span>
              </span>
              <span
                className={
                  report.variance.minor === 0 ? "text-ink-soft text-sm" : "font-semibold text-sm text-warn"
                }
              >
                {outcomeWords(report.variance)}
              </span>
              <span
                className={`inline-flex items-center gap-1.5 text-sm ${report.sent ? "text-ink-soft" : "font-semibold text-warn"}`}
              >
                {report.sent ? <CloudCheck aria-hidden size={18} /> : <CloudUpload aria-hidden size={18} />}
                {t(report.sent ? "tickets.sent" : "tickets.unsent")}
              </span>
              <span className="figures text-end font-bold text-lg">{moneyText(report.turnover)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
