import { Banknote, Percent } from "lucide-react";
import { subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { openOverlay } from "../../app/overlay.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { discountLabel } from "./discount-words.ts";

export interface BasketTotalProps {
  readonly basket: BasketView;
  readonly atPayment: boolean;
  readonly onPay: () => void;
  readonly onExactCash: () => void;
}

/** What it comes to, on a slip torn off the roll, and the two ways to finish. */
export function BasketTotal({ basket, atPayment, onPay, onExactCash }: BasketTotalProps) {
  return (
    <footer className="torn on-deep flex flex-col gap-3 bg-deep px-4 pt-5 pb-4 text-on-deep">
      <Sums basket={basket} canDiscount={!atPayment} />
      {atPayment ? null : (
        <div className="grid grid-cols-2 gap-3">
          <Button
            look="accent"
            size="huge"
            className="px-2! text-lg! xl:text-xl!"
            icon={<Banknote aria-hidden className="shrink-0" />}
            onClick={onExactCash}
          >
            {t("basket.exactCash")}
          </Button>
          <Button look="mint" size="huge" onClick={onPay}>
            {t("basket.pay")}
          </Button>
        </div>
      )}
    </footer>
  );
}

function Sums({ basket, canDiscount }: { readonly basket: BasketView; readonly canDiscount: boolean }) {
  const paidOnline = basket.collecting?.paidOnline ?? zeroMoney(basket.due.currency);
  const isPartlyPaid = paidOnline.minor > 0;
  const reduced = basket.discounted.minor !== 0;
  return (
    <div className="flex flex-col gap-0.5">
      {reduced ? (
        <>
          <Sum label={t("basket.subtotal")} value={moneyText(basket.subtotal)} />
          <Sum label={discountLabel(basket)} value={`−${moneyText(basket.discounted)}`} />
        </>
      ) : null}
      {isPartlyPaid ? (
        <>
          {reduced ? null : <Sum label={t("basket.subtotal")} value={moneyText(basket.due)} />}
          <Sum label={t("basket.paidOnline")} value={`−${moneyText(paidOnline)}`} />
        </>
      ) : null}
      <Sum
        label={t(basket.taxIncluded ? "basket.taxIncluded" : "basket.tax")}
        value={moneyText(basket.tax)}
      />
      <div className="flex items-end justify-between gap-3">
        {canDiscount ? (
          <button
            type="button"
            onClick={() => openOverlay({ kind: "basketDiscount" })}
            className="press -ml-1 inline-flex min-h-12 items-center gap-2 rounded-2xl border border-deep-line px-3 font-semibold hover:bg-deep-raised"
          >
            <Percent aria-hidden size={18} />
            {t("basket.discount")}
          </button>
        ) : (
          <span className="pb-1 font-semibold text-lg">{t("basket.total")}</span>
        )}
        <p aria-live="polite" className="min-w-0 text-right">
          <span className="sr-only">{t("basket.total")}</span>
          <span
            data-testid="total"
            className="figures font-extrabold text-[2.75rem] leading-none tracking-tight xl:text-[3.25rem]"
          >
            {moneyText(subtractMoney(basket.due, paidOnline))}
          </span>
        </p>
      </div>
    </div>
  );
}

function Sum({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <p className="figures flex justify-between gap-3 text-[0.9375rem] text-on-deep-soft">
      <span className="truncate">{label}</span>
      <span>{value}</span>
    </p>
  );
}
