import {
  Gift,
  type LucideIcon,
  PackageMinus,
  PackageOpen,
  QrCode,
  ScanLine,
  Ticket,
  Trash2,
  Truck,
  UserRound,
} from "lucide-react";
import { useState } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText } from "../../app/format.ts";
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
    <Sheet title={t("basket.menu")} closeLabel={t("app.close")} onClose={onClose} width="wide">
      <div className="grid gap-2 md:grid-cols-2">
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
        <Entry
          Icon={UserRound}
          title={t("seller.menu")}
          hint={t("seller.menu.hint")}
          disabled={!filled}
          opens={{ kind: "seller", line: null }}
        />
        <Entry
          Icon={PackageMinus}
          title={t("adjust.open")}
          hint={t("adjust.scan")}
          disabled={false}
          opens={{ kind: "adjust" }}
        />
        <Entry
          Icon={PackageOpen}
          title={t("goods.title")}
          hint={t("goods.menu.hint")}
          disabled={false}
          opens={{ kind: "goods" }}
        />
        <GiveUp basket={filled && basket.tenders.length === 0 ? basket : null} onClose={onClose} />
      </div>
    </Sheet>
  );
}

/** Throws away what was rung up. There is no undo, so the first press only arms the second. */
function GiveUp({ basket, onClose }: { readonly basket: BasketView | null; readonly onClose: () => void }) {
  const [armed, setArmed] = useState(false);
  async function giveUp(): Promise<void> {
    if (basket === null) return;
    const what = t("approve.discardFront", { total: moneyText(basket.due) });
    const answer = await askApproved("discardBasket", { basket: basket.id }, { what });
    if (answer?.ok === true) onClose();
  }
  return (
    <button
      type="button"
      disabled={basket === null}
      onClick={() => (armed ? void giveUp() : setArmed(true))}
      className={`${ENTRY} ${armed ? "border-danger text-danger" : "border-line"}`}
    >
      <Trash2 aria-hidden size={28} className="shrink-0" />
      <span>
        <span className="block font-bold text-lg">{t(armed ? "void.menuSure" : "void.menu")}</span>
        <span className="block text-ink-soft low:text-sm">{t("void.menu.hint")}</span>
      </span>
    </button>
  );
}

const ENTRY =
  "press flex min-h-18 items-center gap-4 rounded-2xl border bg-paper px-5 py-3 low:py-2 text-start enabled:hover:border-brand disabled:opacity-45";

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
      className={`${ENTRY} border-line`}
    >
      <Icon aria-hidden size={28} className="shrink-0" />
      <span>
        <span className="block font-bold text-lg">{title}</span>
        <span className="block text-ink-soft low:text-sm">{hint}</span>
      </span>
    </button>
  );
}
