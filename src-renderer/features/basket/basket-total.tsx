import { Banknote, Percent } from "lucide-react";
import { negateMoney, subtractMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { isLongText, minusText, moneyText } from "../../app/format.ts";
import { KeyHint, useShortcut } from "../../app/key-hint.tsx";
import { openOverlay } from "../../app/overlay.ts";
import { isGivingBack, isPaid } from "../../app/register.ts";
import { comesBack, openObstacles } from "../../app/returning.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { basketReductions } from "./discount-words.ts";

export interface BasketTotalProps {
  readonly basket: BasketView;
  readonly atPayment: boolean;
  readonly onPay: () => void;
  readonly onExactCash: () => void;
  /** All of it by card, with one tap; null: the till has no terminal of its own. */
  readonly onCard: (() => void) | null;
}

/** What it comes to, on a slip torn off the roll, and the two ways to finish. */
export function BasketTotal({ basket, atPayment, onPay, onExactCash, onCard }: BasketTotalProps) {
  return (
    <footer className="torn on-deep flex flex-col gap-3 bg-deep px-4 pt-5 pb-4 text-on-deep">
      <Sums basket={basket} canDiscount={!atPayment && basket.lines.length > 0} />
      {atPayment ? null : <Finish basket={basket} onPay={onPay} onExactCash={onExactCash} onCard={onCard} />}
    </footer>
  );
}

/** The ways to finish: all of it in cash, all of it by the till's own card terminal, or in any other way; an even exchange is finished as it is. */
function Finish({ basket, onPay, onExactCash, onCard }: Omit<BasketTotalProps, "atPayment">) {
  const giving = isGivingBack(basket);
  const cashKey = useShortcut("exactCash");
  const payKey = useShortcut("pay");
  if (comesBack(basket) && isPaid(basket))
    return (
      <Button look="mint" size="huge" onClick={onPay}>
        {t(basket.lines.length > 0 ? "basket.completeEven" : "basket.completeEvenReturn")}
      </Button>
    );
  return (
    <div className={`grid gap-3 ${onCard === null || giving ? "grid-cols-2" : "grid-cols-[1.3fr_1fr_1fr]"}`}>
      <Button
        look="accent"
        size="huge"
        className="px-2! text-lg! xl:text-xl!"
        icon={<Banknote aria-hidden className="shrink-0" />}
        disabled={giving && !mayAllInCash(basket)}
        aria-keyshortcuts={cashKey}
        onClick={onExactCash}
      >
        {t(giving ? "basket.giveBackInCash" : "basket.exactCash")}
        <KeyHint command="exactCash" />
      </Button>
      {onCard === null || giving ? null : (
        <Button look="mint" size="huge" className="px-2! text-lg! xl:text-xl!" onClick={onCard}>
          {t("payment.card")}
        </Button>
      )}
      <Button
        look={onCard === null || giving ? "mint" : "deep"}
        size="huge"
        className="px-2!"
        aria-keyshortcuts={payKey}
        onClick={onPay}
      >
        {t(giving ? "basket.giveBack" : "basket.pay")}
        <KeyHint command="pay" />
      </Button>
    </div>
  );
}

/** Whether all that is given back may go in coins; while something stands in the way that is not known yet. */
function mayAllInCash(basket: BasketView): boolean {
  const { returning, giveBackInCash } = basket;
  if (openObstacles(basket).length > 0) return true;
  return (
    returning?.routes.some(({ kind, most }) => kind === "cash" && most.minor >= giveBackInCash.minor) === true
  );
}

function Sums({ basket, canDiscount }: { readonly basket: BasketView; readonly canDiscount: boolean }) {
  const paidOnline = basket.collecting?.paidOnline ?? zeroMoney(basket.due.currency);
  const isPartlyPaid = paidOnline.minor > 0;
  const isReturn = comesBack(basket);
  const reduced = !isReturn && basket.discounted.minor !== 0;
  const due = subtractMoney(basket.due, paidOnline);
  const total = moneyText(due.minor < 0 ? negateMoney(due) : due);
  return (
    <div className="flex flex-col gap-0.5">
      {isReturn ? <ReturnSums basket={basket} /> : null}
      {reduced ? (
        <>
          <Sum label={t("basket.subtotal")} value={moneyText(basket.subtotal)} />
          {basketReductions(basket).map(({ name, amount }) => (
            <Sum key={name} label={name} value={minusText(amount)} />
          ))}
        </>
      ) : null}
      {isPartlyPaid ? (
        <>
          {reduced ? null : <Sum label={t("basket.subtotal")} value={moneyText(basket.due)} />}
          <Sum label={t("basket.paidOnline")} value={minusText(paidOnline)} />
        </>
      ) : null}
      <Sum
        label={t(basket.taxIncluded ? "basket.taxIncluded" : "basket.tax")}
        value={basket.tax.minor < 0 ? minusText(negateMoney(basket.tax)) : moneyText(basket.tax)}
      />
      <div className="flex flex-wrap items-end justify-between gap-x-3">
        {canDiscount ? (
          <button
            type="button"
            onClick={() => openOverlay({ kind: "basketDiscount" })}
            className="press -ms-1 inline-flex min-h-12 items-center gap-2 rounded-2xl border border-deep-line px-3 font-semibold hover:bg-deep-raised"
          >
            <Percent aria-hidden size={18} />
            {t("basket.discount")}
          </button>
        ) : (
          <span className="pb-1 font-semibold text-lg">{t(totalWord(basket))}</span>
        )}
        <p className="ms-auto whitespace-nowrap text-end">
          <span className={canDiscount && isReturn ? "block font-semibold text-sm" : "sr-only"}>
            {t(totalWord(basket))}
          </span>
          <span
            data-testid="total"
            className={`figures font-extrabold leading-none tracking-tight ${isLongText(total) ? "text-[2.5rem]" : "text-[2.75rem] xl:text-[3.25rem]"}`}
          >
            {total}
          </span>
        </p>
      </div>
    </div>
  );
}

/** What is sold, what comes back, and what the kept goods cost more for it. */
function ReturnSums({ basket }: { readonly basket: BasketView }) {
  const { returning, lines, due } = basket;
  if (returning === null) return null;
  const sold = sumMoney(
    lines.map(({ total }) => total),
    due.currency,
  );
  return (
    <>
      {lines.length > 0 ? <Sum label={t("basket.soldSum")} value={moneyText(sold)} /> : null}
      <Sum label={t("basket.returnedSum")} value={minusText(returning.refund)} />
      {returning.repriced.minor === 0 ? null : (
        <Sum label={t("basket.repricedSum")} value={moneyText(returning.repriced)} />
      )}
    </>
  );
}

function totalWord(
  basket: BasketView,
): "basket.total" | "basket.toPay" | "basket.toGiveBack" | "basket.even" {
  if (!comesBack(basket)) return "basket.total";
  if (basket.due.minor === 0) return "basket.even";
  return basket.due.minor < 0 ? "basket.toGiveBack" : "basket.toPay";
}

function Sum({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <p className="figures flex justify-between gap-3 text-[0.9375rem] text-on-deep-soft">
      <bdi className="truncate">{label}</bdi>
      <span>{value}</span>
    </p>
  );
}
