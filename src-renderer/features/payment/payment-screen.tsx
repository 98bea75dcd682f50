import { ArrowLeft, Banknote, Check, CreditCard, Undo2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { Money } from "#domain/money/money.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { amountOfDigits, typeDigits, zerosKey } from "./amount-entry.ts";

export interface PaymentScreenProps {
  readonly basket: BasketView;
  readonly onBack: () => void;
  readonly onComplete: () => void;
}

/** Takes the money: cash with quick amounts and change, card with its approval code, or both. */
export function PaymentScreen({ basket, onBack, onComplete }: PaymentScreenProps) {
  const [method, setMethod] = useState<"cash" | "card">("cash");
  const paid = basket.remaining.minor === 0 && basket.tenders.length > 0;
  return (
    <main
      aria-label={t("payment.title")}
      className="grid h-full min-h-0 grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]"
    >
      <section className="flex min-h-0 flex-col gap-6 overflow-y-auto border-line border-r bg-surface p-6">
        <Button look="quiet" className="self-start" icon={<ArrowLeft aria-hidden />} onClick={onBack}>
          {t("app.back")}
        </Button>
        <Due basket={basket} paid={paid} />
        <Tenders basket={basket} />
        <div className="flex-1" />
        {paid ? (
          <Button look="primary" size="huge" icon={<Check aria-hidden />} onClick={onComplete}>
            {t("payment.complete")}
          </Button>
        ) : null}
      </section>
      <section className="flex min-h-0 flex-col gap-4 overflow-y-auto p-6">
        {paid ? null : (
          <>
            <div className="grid grid-cols-2 gap-2 rounded-2xl bg-sunken p-1.5">
              <Method
                chosen={method === "cash"}
                icon={<Banknote aria-hidden />}
                label={t("payment.cash")}
                onChoose={() => setMethod("cash")}
              />
              <Method
                chosen={method === "card"}
                icon={<CreditCard aria-hidden />}
                label={t("payment.card")}
                onChoose={() => setMethod("card")}
              />
            </div>
            {method === "cash" ? (
              <CashEntry key={`cash ${basket.remaining.minor}`} basket={basket} />
            ) : (
              <CardEntry key={`card ${basket.remaining.minor}`} basket={basket} />
            )}
          </>
        )}
      </section>
    </main>
  );
}

function Due({ basket, paid }: { readonly basket: BasketView; readonly paid: boolean }) {
  const partly = basket.tenders.length > 0 && !paid;
  const label = paid ? t("payment.change") : t(partly ? "payment.remaining" : "payment.due");
  const amount = paid ? basket.change : basket.remaining;
  return (
    <div aria-live="polite" className={`rounded-panel p-6 ${paid ? "bg-brand-soft" : "bg-sunken"}`}>
      <p className="font-semibold text-ink-soft text-lg">{label}</p>
      <p
        data-testid={paid ? "change" : "remaining"}
        className="figures font-extrabold text-6xl tracking-tight"
      >
        {moneyText(amount)}
      </p>
      {!paid && basket.remainingInCash.minor !== basket.remaining.minor ? (
        <p className="figures mt-1 text-ink-soft text-lg">
          {t("payment.remainingInCash", { amount: moneyText(basket.remainingInCash) })}
        </p>
      ) : null}
    </div>
  );
}

function Tenders({ basket }: { readonly basket: BasketView }) {
  return (
    <ul className="flex flex-col gap-2">
      {basket.tenders.map((tender) => {
        const amount = tender.kind === "cash" ? tender.tendered : tender.amount;
        return (
          <li
            key={tender.id}
            className="flex min-h-14 items-center gap-3 rounded-xl border border-line py-1 pr-1 pl-4"
          >
            {tender.kind === "cash" ? <Banknote aria-hidden /> : <CreditCard aria-hidden />}
            <span className="flex-1">
              {t(tender.kind === "cash" ? "payment.cash" : "payment.card")}
              {tender.kind === "card" ? (
                <span className="text-ink-soft"> · {tender.approvalCode}</span>
              ) : null}
            </span>
            <span className="figures font-bold text-lg">{moneyText(amount)}</span>
            <Button
              look="quiet"
              aria-label={t("payment.removeTender", { amount: moneyText(amount) })}
              icon={<Undo2 aria-hidden />}
              onClick={() => void ask("removeTender", { tender: tender.id })}
            />
          </li>
        );
      })}
    </ul>
  );
}

function Method({
  chosen,
  icon,
  label,
  onChoose,
}: {
  readonly chosen: boolean;
  readonly icon: React.ReactNode;
  readonly label: string;
  readonly onChoose: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={`press inline-flex min-h-14 items-center justify-center gap-2 rounded-xl font-semibold text-lg ${chosen ? "bg-surface shadow-tile" : "text-ink-soft"}`}
    >
      {icon}
      {label}
    </button>
  );
}

/** Digits by keyboard as well; Enter takes the amount. */
function useDigitKeys({
  onDigits,
  onDelete,
  onEnter,
}: {
  readonly onDigits: (digits: string) => void;
  readonly onDelete: () => void;
  readonly onEnter: () => void;
}): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLButtonElement) return;
      if (/^\d$/.test(event.key)) onDigits(event.key);
      else if (event.key === "Backspace") onDelete();
      else if (event.key === "Enter") onEnter();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onDigits, onDelete, onEnter]);
}

function CashEntry({ basket }: { readonly basket: BasketView }) {
  const [digits, setDigits] = useState("");
  const { currency } = basket.remaining;
  const tendered = amountOfDigits(digits, currency) ?? basket.remainingInCash;
  const take = useCallback((amount: Money) => void ask("takeCash", { tendered: amount }), []);
  const onDigits = useCallback((typed: string) => setDigits((before) => typeDigits(before, typed)), []);
  const onDelete = useCallback(() => setDigits((before) => before.slice(0, -1)), []);
  const onEnter = useCallback(() => take(tendered), [take, tendered]);
  useDigitKeys({ onDigits, onDelete, onEnter });
  return (
    <>
      <fieldset aria-label={t("payment.quick")} className="grid grid-cols-4 gap-2 border-0 p-0">
        {basket.quickCash.map((amount) => (
          <Button key={amount.minor} size="large" className="figures px-1!" onClick={() => take(amount)}>
            {moneyText(amount)}
          </Button>
        ))}
      </fieldset>
      <p className="flex items-baseline justify-between rounded-xl border border-line bg-surface px-4 py-2">
        <span className="text-ink-soft">{t("payment.tendered")}</span>
        <span className={`figures font-bold text-3xl ${digits === "" ? "text-ink-soft" : ""}`}>
          {moneyText(tendered)}
        </span>
      </p>
      <Numpad
        label={t("payment.pad")}
        deleteLabel={t("payment.delete")}
        extra={zerosKey(currency)}
        onDigits={onDigits}
        onDelete={onDelete}
      />
      <Button look="accent" size="huge" onClick={onEnter}>
        {t("payment.take", { amount: moneyText(tendered) })}
      </Button>
    </>
  );
}

function CardEntry({ basket }: { readonly basket: BasketView }) {
  const [digits, setDigits] = useState("");
  const [approvalCode, setApprovalCode] = useState("");
  const { currency } = basket.remaining;
  const amount = amountOfDigits(digits, currency) ?? basket.remaining;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void ask("takeCard", { amount, approvalCode: approvalCode.trim() });
      }}
    >
      <p className="text-ink-soft">{t("payment.cardHint")}</p>
      <p className="flex items-baseline justify-between rounded-xl border border-line bg-surface px-4 py-2">
        <span className="text-ink-soft">{t("payment.cardAmount")}</span>
        <span className={`figures font-bold text-3xl ${digits === "" ? "text-ink-soft" : ""}`}>
          {moneyText(amount)}
        </span>
      </p>
      <Field
        label={t("payment.approval")}
        autoComplete="off"
        maxLength={40}
        value={approvalCode}
        onChange={(event) => setApprovalCode(event.target.value)}
      />
      <Numpad
        label={t("payment.pad")}
        deleteLabel={t("payment.delete")}
        extra={zerosKey(currency)}
        onDigits={(typed) => setDigits((before) => typeDigits(before, typed))}
        onDelete={() => setDigits((before) => before.slice(0, -1))}
      />
      <Button type="submit" look="accent" size="huge">
        {t("payment.takeCard", { amount: moneyText(amount) })}
      </Button>
    </form>
  );
}
