import { Wrench } from "lucide-react";
import { goTo, usePlace } from "../../app/place.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** The way to the cases, with the number of customers who should have heard by now. */
export function CasesButton() {
  const isHere = usePlace((place) => place.screen === "cases");
  const count = useTill((till) => till.cases?.cases.filter(({ isOverdue }) => isOverdue).length ?? 0);
  return (
    <button
      type="button"
      aria-pressed={isHere}
      aria-label={count === 0 ? t("bar.cases") : t("bar.casesOverdue", { count })}
      onClick={() => goTo(isHere ? "register" : "cases")}
      className={`press relative inline-flex min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs ${isHere ? "bg-deep-line" : "hover:bg-deep-raised"}`}
    >
      <Wrench aria-hidden size={22} />
      <span>{t("bar.cases")}</span>
      {count === 0 ? null : (
        <span
          data-testid="cases-badge"
          className="figures absolute -top-1 end-0 grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-sm"
        >
          {count}
        </span>
      )}
    </button>
  );
}
