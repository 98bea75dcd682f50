import { Wallet } from "lucide-react";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { goToCash } from "./acts.ts";

/** The way to drawer and day. */
export function CashButton() {
  const isThere = useTill((till) => till.shift !== null);
  if (!isThere) return null;
  return (
    <button
      type="button"
      onClick={() => goToCash({ at: "menu" })}
      className="press inline-flex min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs hover:bg-deep-raised"
    >
      <Wallet aria-hidden size={22} />
      <span>{t("bar.cash")}</span>
    </button>
  );
}
