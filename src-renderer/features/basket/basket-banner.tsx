import { PackageCheck, Truck, X } from "lucide-react";
import type { ReactNode } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** What becomes of this basket besides a sale: an order is handed out with it, or placed by it. With a way out of either. */
export function BasketBanner({
  basket,
  atPayment,
}: {
  readonly basket: BasketView;
  readonly atPayment: boolean;
}) {
  const { collecting, ordering } = basket;
  if (collecting !== null)
    return (
      <Banner
        icon={<PackageCheck aria-hidden className="shrink-0" />}
        words={t("basket.collecting", { number: collecting.number })}
        hint={t("basket.collectingHint")}
        stop={t("basket.stopCollecting")}
        onStop={atPayment ? null : () => void inTurn(() => ask("stopCollecting", {}))}
      />
    );
  if (ordering === null) return null;
  const name = ordering.customerName;
  return (
    <Banner
      icon={<Truck aria-hidden className="shrink-0" />}
      words={t(ordering.kind === "ship" ? "basket.orderingShip" : "basket.orderingPickup", { name })}
      hint={ordering.to}
      stop={t("basket.stopOrdering")}
      onStop={atPayment ? null : () => void inTurn(() => ask("orderBasket", null))}
    />
  );
}

function Banner({
  icon,
  words,
  hint,
  stop,
  onStop,
}: {
  readonly icon: ReactNode;
  readonly words: string;
  readonly hint: string;
  readonly stop: string;
  readonly onStop: (() => void) | null;
}) {
  return (
    <div
      role="status"
      data-testid="basket-banner"
      className="flex items-center gap-3 border-line border-b bg-brand-soft py-2 pe-2 ps-4"
    >
      {icon}
      <p className="min-w-0 flex-1 leading-tight">
        <span className="line-clamp-2 font-bold">{words}</span>
        <span className="line-clamp-2 text-sm">{hint}</span>
      </p>
      {onStop === null ? null : (
        <Button className="px-3!" icon={<X aria-hidden size={18} />} onClick={onStop}>
          {stop}
        </Button>
      )}
    </div>
  );
}
