import { Gift, type LucideIcon, QrCode, ScanLine, Ticket, Truck } from "lucide-react";
import type { BasketView } from "#protocol/till/basket.ts";
import { type Overlay, openOverlay } from "../../app/overlay.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";

/** What else can become of a basket: an order for the customer, a code to finish it online; or one that was begun there comes here. */
export function BasketMenu({
  basket,
  onClose,
}: {
  readonly basket: BasketView | null;
  readonly onClose: () => void;
}) {
  const filled = basket !== null && basket.lines.length > 0;
  // An order that is handed out, and goods that come back, are finished here.
  const isFree = basket !== null && basket.collecting === null && basket.returning === null;
  return (
    <Sheet title={t("basket.menu")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-2">
        <Entry
          Icon={Ticket}
          title={t("ordering.menu.coupon")}
          hint={t("ordering.menu.coupon.hint")}
          disabled={basket === null || basket.tenders.length > 0}
          opens={{ kind: "coupon" }}
        />
        <Entry
          Icon={Truck}
          title={t("ordering.menu.order")}
          hint={t("ordering.menu.order.hint")}
          disabled={!(filled && isFree)}
          opens={{ kind: "ordering" }}
        />
        <Entry
          Icon={QrCode}
          title={t("ordering.menu.send")}
          hint={t("ordering.menu.send.hint")}
          disabled={!(filled && isFree)}
          opens={{ kind: "sendBasket" }}
        />
        <Entry
          Icon={ScanLine}
          title={t("ordering.menu.fetch")}
          hint={t("ordering.menu.fetch.hint")}
          disabled={filled || !isFree}
          opens={{ kind: "fetchBasket" }}
        />
        <Entry
          Icon={Gift}
          title={t("giftCard.menu")}
          hint={t("giftCard.menu.hint")}
          disabled={basket === null || basket.collecting !== null || basket.ordering !== null}
          opens={{ kind: "giftCard", code: null }}
        />
      </div>
    </Sheet>
  );
}

function Entry({
  Icon,
  title,
  hint,
  disabled,
  opens,
}: {
  readonly Icon: LucideIcon;
  readonly title: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly opens: Overlay;
}) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={() => openOverlay(opens)}
      className="press flex min-h-18 items-center gap-4 rounded-2xl border border-line bg-paper px-5 py-3 text-left enabled:hover:border-brand disabled:opacity-45"
    >
      <Icon aria-hidden size={28} className="shrink-0" />
      <span>
        <span className="block font-bold text-lg">{title}</span>
        <span className="block text-ink-soft">{hint}</span>
      </span>
    </button>
  );
}
