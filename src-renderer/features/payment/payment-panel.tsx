import { ArrowLeft, Banknote, Check, CreditCard, Star, TicketCheck } from "lucide-react";
import { useEffect } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { useTerminalWaiting } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { isGivingBack } from "../../app/register.ts";
import { comesBack } from "../../app/returning.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Segments } from "../../ui/segments.tsx";
import { CardEntry } from "./card-entry.tsx";
import { CashEntry } from "./cash-entry.tsx";
import { CreditEntry } from "./credit-entry.tsx";
import { useDoubleTap } from "./double-tap.ts";
import { GiveBackEntry, ToGiveBack } from "./give-back-entry.tsx";
import { beginPayment, chooseMethod, usePayment } from "./payment-store.ts";
import { PointsEntry } from "./points-entry.tsx";
import { Tenders } from "./tenders.tsx";
import { TerminalPanel, TerminalSaid } from "./terminal-panel.tsx";

export interface PaymentPanelProps {
  readonly basket: BasketView;
  readonly paid: boolean;
  readonly onBack: () => void;
  readonly onComplete: () => void;
}

/** Takes the money: cash with quick amounts and change, card with its approval code, store credit by its code, the customer's points, or several of them. */
export function PaymentPanel({ basket, paid, onBack, onComplete }: PaymentPanelProps) {
  const method = usePayment((payment) => payment.method);
  const giving = isGivingBack(basket);
  const waiting = useTerminalWaiting();
  const isHere = waiting?.basket === basket.id;
  const doubleTap = useDoubleTap(
    [method, waiting?.basket, isHere, ...basket.tenders.map(({ id }) => id)].join(" "),
  );
  useEffect(beginPayment, []);
  return (
    <section
      {...doubleTap}
      aria-label={t(giving ? "payment.giveBack.title" : "payment.title")}
      className="thin-scroll grid min-h-0 grid-rows-[minmax(0,1fr)] justify-items-center overflow-y-auto p-4 xl:not-low:p-8"
    >
      {/* As high as the screen: where it is too low for all, the list of what was taken gives way, never the buttons. */}
      <div className="rise flex h-full w-full max-w-2xl flex-col gap-3 xl:not-low:gap-5">
        <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-3">
          <Button
            className="min-h-14!"
            aria-label={t("app.backShort")}
            disabled={isHere}
            icon={<ArrowLeft aria-hidden className="rtl:-scale-x-100" />}
            onClick={onBack}
          >
            <span className="max-xl:hidden">{t("app.backShort")}</span>
          </Button>
          {giving && !paid ? (
            <ToGiveBack basket={basket} paid={false} />
          ) : paid || isHere ? null : (
            <Segments
              segments={[
                { value: "cash", words: t("payment.cash"), icon: <Banknote aria-hidden size={22} /> },
                { value: "card", words: t("payment.card"), icon: <CreditCard aria-hidden size={22} /> },
                {
                  value: "credit",
                  words: t("payment.creditShort"),
                  icon: <TicketCheck aria-hidden size={22} />,
                },
                ...(basket.loyalty?.mayPay === true
                  ? [
                      {
                        value: "points" as const,
                        words: t("payment.points"),
                        icon: <Star aria-hidden size={22} />,
                      },
                    ]
                  : []),
              ]}
              chosen={method}
              onChoose={chooseMethod}
            />
          )}
        </div>
        {giving ? null : <Due basket={basket} paid={paid} />}
        {giving && paid ? <ToGiveBack basket={basket} paid /> : null}
        <Tenders basket={basket} />
        {paid ? <Complete words={t(completeWord(basket))} onComplete={onComplete} /> : null}
        {waiting === null ? null : <TerminalPanel waiting={waiting} isHere={isHere} />}
        {!paid && giving && !isHere ? <GiveBackEntry basket={basket} /> : null}
        {isHere ? null : <TerminalSaid basket={basket} />}
        {!paid && !giving && !isHere && method === "cash" ? <CashEntry basket={basket} /> : null}
        {!paid && !giving && !isHere && method === "card" ? <CardEntry basket={basket} /> : null}
        {!paid && !giving && !isHere && method === "credit" ? <CreditEntry /> : null}
        {!paid && !giving && !isHere && method === "points" ? <PointsEntry /> : null}
      </div>
    </section>
  );
}

function Due({ basket, paid }: { readonly basket: BasketView; readonly paid: boolean }) {
  const partly = basket.tenders.length > 0 && !paid;
  const label = paid ? t("payment.change") : t(partly ? "payment.remaining" : "payment.due");
  const amount = paid ? basket.change : basket.remaining;
  const rounded = !paid && basket.remainingInCash.minor !== basket.remaining.minor;
  return (
    <div
      aria-live="polite"
      className={`flex items-baseline justify-between gap-4 rounded-panel px-5 ${paid ? "flex-1 flex-col items-center justify-center bg-brand-soft py-8" : "bg-surface py-3 shadow-tile"}`}
    >
      <p className={`font-semibold text-ink-soft ${paid ? "text-2xl" : "text-lg"}`}>{label}</p>
      <div className="text-end">
        <p
          data-testid={paid ? "change" : "remaining"}
          className={`figures font-extrabold leading-none tracking-tight ${paid ? "text-7xl xl:text-8xl" : "text-5xl"}`}
        >
          {moneyText(amount)}
        </p>
        {rounded ? (
          <p className="figures mt-1 text-ink-soft">
            {t("payment.remainingInCash", { amount: moneyText(basket.remainingInCash) })}
          </p>
        ) : null}
      </div>
    </div>
  );
}

/** Enter completes as well: nothing else is left to do. */
function Complete({ words, onComplete }: { readonly words: string; readonly onComplete: () => void }) {
  useEnter(onComplete);
  return (
    <Button
      look="primary"
      size="huge"
      className="min-h-20! text-2xl!"
      icon={<Check aria-hidden />}
      onClick={onComplete}
    >
      {words}
    </Button>
  );
}

function completeWord(
  basket: BasketView,
): "payment.complete" | "payment.giveBack.complete" | "payment.giveBack.completeExchange" {
  if (!comesBack(basket)) return "payment.complete";
  return basket.lines.length > 0 ? "payment.giveBack.completeExchange" : "payment.giveBack.complete";
}
