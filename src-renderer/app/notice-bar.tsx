import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { t } from "../i18n/translate.ts";
import { clearNotice, type Notice, useNotice } from "./till.ts";

/** How long words stay, milliseconds. The next act takes them away sooner. */
const STAY_MS: Readonly<Record<Notice["kind"], number>> = { done: 5_000, refusal: 12_000 };

/** What was just said to the cashier, over the bar, above any sheet and in nobody's way: presses go through it. */
export function NoticeBar() {
  const notice = useNotice((state) => state.notice);
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (notice === null) return;
    // A sheet that opens after the words came lies above them: they come on top once more.
    const rise = ({ target }: Event): void => {
      if (!(target instanceof HTMLDialogElement && target.open)) return;
      bar.current?.hidePopover();
      bar.current?.showPopover();
    };
    bar.current?.showPopover();
    document.addEventListener("toggle", rise, { capture: true });
    return () => document.removeEventListener("toggle", rise, { capture: true });
  }, [notice]);
  useEffect(() => {
    if (notice === null) return;
    const timer = setTimeout(clearNotice, STAY_MS[notice.kind]);
    window.addEventListener("pointerdown", clearNotice, { once: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pointerdown", clearNotice);
    };
  }, [notice]);
  return (
    <div aria-live="assertive" className="contents">
      {notice === null ? null : (
        <div
          key={notice.at}
          popover="manual"
          ref={bar}
          className={`rise pointer-events-none inset-x-0 top-2 m-0 mx-auto flex max-w-[min(92vw,44rem)] items-center gap-3 rounded-2xl border-0 py-2 pe-2 ps-5 font-semibold text-lg shadow-sheet ${notice.kind === "refusal" ? "bg-danger text-surface" : "bg-ink text-paper"}`}
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
            className="press pointer-events-auto grid size-12 shrink-0 place-items-center rounded-xl hover:bg-black/15"
          >
            <X aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
