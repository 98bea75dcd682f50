import { Archive, Ellipsis, Inbox, ScanBarcode, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { openOverlay } from "../../app/overlay.ts";
import { comesBack, isFilled, returnedRows, undoDrop } from "../../app/returning.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { useLastInView } from "../../ui/use-last-in-view.ts";
import { BasketBanner } from "./basket-banner.tsx";
import { BasketCoupons } from "./basket-coupons.tsx";
import { BasketCustomer } from "./basket-customer.tsx";
import { BasketLineRow } from "./basket-line.tsx";
import { BasketTotal } from "./basket-total.tsx";
import { ReturnBar, ReturnedLines } from "./returned-lines.tsx";
import { useDropped, useUndoable } from "./undo.ts";

export interface BasketPanelProps {
  /** Null until the engine has told of it. */
  readonly basket: BasketView | null;
  /** While money is taken the basket is only shown. */
  readonly atPayment: boolean;
  readonly onPay: () => void;
  readonly onExactCash: () => void;
  readonly onCard: (() => void) | null;
  /** Shown in place of an empty basket: the sale that was just completed. */
  readonly whenEmpty: ReactNode;
}

/** The basket in front of the cashier, always visible, with its total and the two ways to finish. */
export function BasketPanel({ basket, atPayment, onPay, onExactCash, onCard, whenEmpty }: BasketPanelProps) {
  const filled = basket !== null && isFilled(basket);
  return (
    <aside aria-label={t("basket.title")} className="flex min-h-0 flex-col border-line border-s bg-surface">
      {atPayment ? null : <Head basket={basket} />}
      {basket === null ? null : (
        <BasketCustomer customer={basket.customer} loyalty={basket.loyalty} atPayment={atPayment} />
      )}
      {basket === null ? null : <BasketCoupons coupons={basket.coupons} atPayment={atPayment} />}
      {basket === null ? null : <BasketBanner basket={basket} atPayment={atPayment} />}
      {basket === null || atPayment ? null : <ReturnBar basket={basket} />}
      {filled ? (
        <Lines basket={basket} fixed={atPayment} />
      ) : (
        <div className="thin-scroll min-h-0 flex-1 overflow-y-auto">
          {basket === null ? null : (whenEmpty ?? <EmptyBasket isCollecting={basket.collecting !== null} />)}
        </div>
      )}
      {basket === null || atPayment ? null : <UndoBar basket={basket} />}
      {filled ? (
        <BasketTotal
          basket={basket}
          atPayment={atPayment}
          onPay={onPay}
          onExactCash={onExactCash}
          onCard={onCard}
        />
      ) : null}
    </aside>
  );
}

function Head({ basket }: { readonly basket: BasketView | null }) {
  const parked = useTill((till) => till.parked.length);
  const filled = basket !== null && isFilled(basket);
  return (
    <header className="flex min-h-14 items-center gap-1 border-line border-b py-1 pe-2 ps-4">
      <div className="min-w-0 flex-1 leading-tight">
        <h2 className="font-bold text-lg leading-tight">
          <bdi className="block truncate">
            {basket === null || basket.label === "" ? t(titleOf(basket)) : basket.label}
          </bdi>
        </h2>
        {filled && basket.pieces > 0 ? (
          <p className="figures truncate text-ink-soft text-sm">{tCount("basket.pieces", basket.pieces)}</p>
        ) : null}
      </div>
      <Button
        look="quiet"
        className="px-1.5! text-sm! xl:px-3! xl:text-base!"
        icon={<Archive aria-hidden size={20} className="hidden xl:block" />}
        disabled={!filled}
        onClick={() => openOverlay({ kind: "park" })}
      >
        {t("bar.park")}
      </Button>
      <Button
        look="quiet"
        className="px-1.5! text-sm! xl:px-3! xl:text-base!"
        icon={<Inbox aria-hidden size={20} className="hidden xl:block" />}
        onClick={() => openOverlay({ kind: "recall" })}
      >
        {t("bar.recall")}
        {parked > 0 ? (
          <span className="figures grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-sm">
            {parked}
          </span>
        ) : null}
      </Button>
      <Button
        look="quiet"
        className="px-2!"
        aria-label={t("basket.more")}
        icon={<Ellipsis aria-hidden size={22} />}
        onClick={() => openOverlay({ kind: "basketMenu" })}
      />
    </header>
  );
}

function titleOf(basket: BasketView | null): "basket.title" | "basket.return" | "basket.exchange" {
  if (basket === null || !comesBack(basket)) return "basket.title";
  return basket.lines.length > 0 ? "basket.exchange" : "basket.return";
}

function EmptyBasket({ isCollecting }: { readonly isCollecting: boolean }) {
  return (
    <div className="grid h-full place-items-center p-8 text-center text-ink-soft">
      <div className="flex flex-col items-center gap-5">
        <span className="grid size-24 place-items-center rounded-full bg-sunken text-ink-soft">
          <ScanBarcode aria-hidden size={44} strokeWidth={1.5} />
        </span>
        <p className="max-w-60 text-balance text-lg">
          {t(isCollecting ? "basket.collectingEmpty" : "basket.empty")}
        </p>
      </div>
    </div>
  );
}

function Lines({ basket, fixed }: { readonly basket: BasketView; readonly fixed: boolean }) {
  const list = useLastInView(basket.lines.length + returnedRows(basket.returning).length);
  return (
    <ul ref={list} className="thin-scroll min-h-0 flex-1 divide-y divide-line overflow-y-auto">
      {basket.lines.map((line) => (
        <BasketLineRow key={line.id} line={line} basket={basket} fixed={fixed} />
      ))}
      <ReturnedLines returning={basket.returning} fixed={fixed} />
    </ul>
  );
}

/** What was just taken away and can be brought back: a line that was rung up, or goods that were to come back; the later of them. */
function UndoBar({ basket }: { readonly basket: BasketView }) {
  const undoable = useUndoable(basket);
  const dropped = useDropped(basket);
  if (dropped !== null && (undoable === null || dropped.at > undoable.at))
    return <Undo words={t("returns.dropped", { name: dropped.row.name })} onUndo={() => void undoDrop()} />;
  if (undoable === null) return null;
  return (
    <Undo
      words={t("basket.removed", { name: undoable.line.name })}
      onUndo={() => void askApproved("undoRemove", {}, { what: t("approve.more") })}
    />
  );
}

function Undo({ words, onUndo }: { readonly words: string; readonly onUndo: () => void }) {
  return (
    <div
      role="status"
      className="rise mx-3 mb-2 flex items-center justify-between gap-3 rounded-2xl bg-ink py-1 pe-1 ps-4 text-paper"
    >
      <span className="line-clamp-2 leading-tight">{words}</span>
      <button
        type="button"
        className="press inline-flex min-h-12 items-center gap-2 rounded-xl px-4 font-bold underline-offset-4 hover:underline"
        onClick={onUndo}
      >
        <Undo2 aria-hidden size={20} className="rtl:-scale-x-100" />
        {t("app.undo")}
      </button>
    </div>
  );
}
