import { Banknote, Percent, ShoppingBasket, Undo2 } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { BasketLineView, BasketView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { ask } from "../../app/till.ts";
import { t, tPieces } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { useBasketSheets } from "./basket-sheets.ts";
import { useUndoable } from "./undo.ts";

export interface BasketPanelProps {
  readonly basket: BasketView | null;
  readonly onPay: () => void;
  readonly onExactCash: () => void;
  /** Shown in place of an empty basket: the sale that was just completed. */
  readonly whenEmpty: ReactNode;
}

/** The basket in front of the cashier, always visible, with its total and the two ways to finish. */
export function BasketPanel({ basket, onPay, onExactCash, whenEmpty }: BasketPanelProps) {
  const empty = basket === null || basket.lines.length === 0;
  return (
    <aside
      aria-label={t("basket.title")}
      className="flex min-h-0 flex-col bg-surface shadow-[-1px_0_0_var(--color-line)]"
    >
      {empty ? <div className="min-h-0 flex-1 overflow-y-auto">{whenEmpty}</div> : <Lines basket={basket} />}
      {basket === null ? null : <UndoBar basket={basket} />}
      {empty ? null : (
        <footer className="flex flex-col gap-3 border-line border-t p-4">
          <Sums basket={basket} />
          <div className="grid grid-cols-2 gap-3">
            <Button
              look="accent"
              size="huge"
              className="px-2! text-lg!"
              icon={<Banknote aria-hidden className="shrink-0" />}
              onClick={onExactCash}
            >
              {t("basket.exactCash")}
            </Button>
            <Button look="primary" size="huge" onClick={onPay}>
              {t("basket.pay")}
            </Button>
          </div>
        </footer>
      )}
    </aside>
  );
}

export function EmptyBasket() {
  return (
    <div className="grid h-full place-items-center p-8 text-center text-ink-soft">
      <div className="flex flex-col items-center gap-4">
        <ShoppingBasket aria-hidden size={56} strokeWidth={1.25} />
        <p className="max-w-56 text-lg">{t("basket.empty")}</p>
      </div>
    </div>
  );
}

function Lines({ basket }: { readonly basket: BasketView }) {
  const list = useRef<HTMLUListElement>(null);
  const count = basket.lines.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what moves the list to its end
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [count]);
  return (
    <ul ref={list} className="min-h-0 flex-1 divide-y divide-line overflow-y-auto">
      {basket.lines.map((line) => (
        <Line key={line.id} line={line} />
      ))}
    </ul>
  );
}

function Line({ line }: { readonly line: BasketLineView }) {
  const open = useBasketSheets((sheets) => sheets.openLine);
  const options = line.options.filter((option) => option !== "Default Title").join(" / ");
  return (
    <li className="rise">
      <button
        type="button"
        onClick={() => open(line.id)}
        aria-label={t("basket.line", {
          name: line.name,
          quantity: line.quantity,
          total: moneyText(line.total),
        })}
        className="grid min-h-16 w-full grid-cols-[2.75rem_1fr_auto] items-center gap-3 px-4 py-2.5 text-left hover:bg-sunken"
      >
        <span className="figures grid h-10 place-items-center rounded-lg bg-sunken font-bold text-lg">
          {line.quantity}
        </span>
        <span className="min-w-0">
          <span className="block truncate font-semibold">{line.name}</span>
          <span className="block truncate text-ink-soft text-sm">
            {options === "" ? "" : `${options} · `}
            {t("line.each", { price: moneyText(line.unitPrice) })}
          </span>
          {line.discounted.minor === 0 ? null : (
            <span className="figures block text-good text-sm">
              −{moneyText(line.discounted)} {line.discount?.reason ?? ""}
            </span>
          )}
        </span>
        <span className="figures font-bold text-lg">{moneyText(line.total)}</span>
      </button>
    </li>
  );
}

function UndoBar({ basket }: { readonly basket: BasketView }) {
  const undoable = useUndoable(basket);
  if (undoable === null) return null;
  return (
    <div
      role="status"
      className="rise mx-4 mb-3 flex items-center justify-between gap-3 rounded-xl bg-ink py-1 pr-1 pl-4 text-paper"
    >
      <span className="truncate">{t("basket.removed", { name: undoable.line.name })}</span>
      <button
        type="button"
        className="press inline-flex min-h-12 items-center gap-2 rounded-lg px-4 font-bold hover:bg-white/10"
        onClick={() => void ask("undoRemove", {})}
      >
        <Undo2 aria-hidden size={20} />
        {t("app.undo")}
      </button>
    </div>
  );
}

function Sums({ basket }: { readonly basket: BasketView }) {
  const discountBasket = useBasketSheets((sheets) => sheets.openBasketDiscount);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between text-ink-soft">
        <span>{tPieces(basket.pieces)}</span>
        <Button
          look="quiet"
          className="-mr-3 text-brand"
          icon={<Percent aria-hidden size={18} />}
          onClick={discountBasket}
        >
          {t("basket.discountBasket")}
        </Button>
      </div>
      {basket.discounted.minor === 0 ? null : (
        <>
          <Sum label={t("basket.subtotal")} value={moneyText(basket.subtotal)} />
          <Sum
            label={
              basket.discount === null
                ? t("basket.discount")
                : t("basket.discountOnAll", { reason: basket.discount.reason })
            }
            value={`−${moneyText(basket.discounted)}`}
            good
          />
        </>
      )}
      <Sum
        label={t(basket.taxIncluded ? "basket.taxIncluded" : "basket.tax")}
        value={moneyText(basket.tax)}
      />
      <p aria-live="polite" className="flex items-baseline justify-between">
        <span className="font-semibold text-lg">{t("basket.total")}</span>
        <span
          data-testid="total"
          className="figures font-extrabold text-[2.75rem] leading-tight tracking-tight"
        >
          {moneyText(basket.due)}
        </span>
      </p>
    </div>
  );
}

function Sum({
  label,
  value,
  good = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly good?: boolean;
}) {
  return (
    <p className={`figures flex justify-between text-[0.9375rem] ${good ? "text-good" : "text-ink-soft"}`}>
      <span>{label}</span>
      <span>{value}</span>
    </p>
  );
}
