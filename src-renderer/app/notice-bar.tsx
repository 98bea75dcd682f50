import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { t } from "../i18n/translate.ts";
import { clearNotice, useNotice } from "./till.ts";

/** How long a word of success stays, milliseconds. A refusal stays until it is read away or the next act works. */
const DONE_MS = 3_000;

/** What was just said to the cashier, at the foot of the screen. */
export function NoticeBar() {
  const notice = useNotice((state) => state.notice);
  useEffect(() => {
    if (notice?.kind !== "done") return;
    const timer = setTimeout(clearNotice, DONE_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div
      aria-live="assertive"
      className="pointer-events-none absolute inset-x-0 bottom-6 z-40 grid place-items-center px-6"
    >
      {notice === null ? null : (
        <div
          key={notice.at}
          popover="manual"
          ref={(shown) => shown?.showPopover()}
          className={`rise pointer-events-auto m-0 mx-auto mt-auto mb-6 flex max-w-[min(90vw,40rem)] items-center gap-3 rounded-2xl border-0 py-2 pr-2 pl-5 font-semibold text-lg shadow-sheet ${notice.kind === "refusal" ? "bg-danger-soft text-danger" : "bg-ink text-paper"}`}
        >
          {notice.kind === "refusal" ? (
            <CircleAlert aria-hidden className="shrink-0" />
          ) : (
            <CircleCheck aria-hidden className="shrink-0" />
          )}
          <p data-testid="notice">{notice.text}</p>
          <button
            type="button"
            aria-label={t("app.close")}
            onClick={clearNotice}
            className="grid size-12 shrink-0 place-items-center rounded-xl hover:bg-black/10"
          >
            <X aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
