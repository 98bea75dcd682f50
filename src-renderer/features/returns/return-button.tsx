import { RotateCcw } from "lucide-react";
import { comesBack, useReturn } from "../../app/returning.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { startReturn } from "./start-return.ts";

/** The way to taking something back; it tells when something already does. */
export function ReturnButton() {
  const shown = useReturn((state) => state.shown);
  const isReturning = useTill(({ basket }) => basket !== null && comesBack(basket));
  return (
    <button
      type="button"
      aria-pressed={shown && isReturning}
      onClick={startReturn}
      className={`press inline-flex min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs ${shown && isReturning ? "bg-deep-line" : "hover:bg-deep-raised"}`}
    >
      <RotateCcw aria-hidden size={22} />
      <span>{t("bar.return")}</span>
    </button>
  );
}
