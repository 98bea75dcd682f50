import { Truck } from "lucide-react";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** The way to goods that arrive and leave; it is there only while some wait for somebody here. The menu of the basket leads there at any time. */
export function GoodsButton() {
  const count = useTill((till) => till.deliveries?.deliveries.filter(({ isDue }) => isDue).length ?? 0);
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-label={t("bar.goodsDue", { count })}
      onClick={() => openOverlay({ kind: "goods" })}
      className="press relative inline-flex min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs hover:bg-deep-raised"
    >
      <Truck aria-hidden size={22} />
      <span>{t("bar.goods")}</span>
      <span
        data-testid="goods-badge"
        className="figures absolute -top-1 end-0 grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-sm"
      >
        {count}
      </span>
    </button>
  );
}
