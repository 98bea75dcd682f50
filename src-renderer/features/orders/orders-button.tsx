import { PackageSearch } from "lucide-react";
import { goTo, usePlace } from "../../app/place.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { toDoCount } from "./lanes.ts";

/** The way to the orders, with the number that wait for somebody; it flashes when one has just arrived. */
export function OrdersButton() {
  const view = useTill((till) => till.orders);
  const isHere = usePlace((place) => place.screen === "orders");
  const count = view === null ? 0 : toDoCount(view.orders);
  return (
    <button
      type="button"
      aria-pressed={isHere}
      aria-label={count === 0 ? t("bar.orders") : t("bar.ordersToDo", { count })}
      onClick={() => goTo(isHere ? "register" : "orders")}
      className={`press relative inline-flex min-h-12 min-w-16 flex-col items-center justify-center gap-0.5 rounded-xl px-2 font-semibold text-on-deep text-xs ${isHere ? "bg-deep-line" : "hover:bg-deep-raised"}`}
    >
      <PackageSearch aria-hidden size={22} />
      <span>{t("bar.orders")}</span>
      {count === 0 ? null : (
        <span
          key={view?.arrived}
          data-testid="orders-badge"
          className={`figures absolute -top-1 end-0 grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-sm ${view !== null && view.arrived > 0 ? "arrive" : ""}`}
        >
          {count}
        </span>
      )}
    </button>
  );
}
