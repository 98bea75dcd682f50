import { CreditCard } from "lucide-react";
import { useId, useRef } from "react";
import type { BasketView } from "#protocol/till/basket.ts";
import { useHasTerminal, useTerminalWaiting } from "../../app/card.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { AmountPad } from "./amount-pad.tsx";
import { payWithCode } from "./credit-store.ts";
import { amountToTake, payByTerminal, takeCard, typeApprovalCode, usePayment } from "./payment-store.ts";
import { TakeButton } from "./take-button.tsx";

const MAX_APPROVAL_CHARS = 40;

/** A card: at the till's own terminal where there is one, else at one beside the till. */
export function CardEntry({ basket }: { readonly basket: BasketView }) {
  return useHasTerminal() ? <AtTerminal basket={basket} /> : <BesideTheTill basket={basket} />;
}

/** The amount goes to the terminal with one tap; the rest the terminal says. */
function AtTerminal({ basket }: { readonly basket: BasketView }) {
  const payment = usePayment();
  const isInUse = useTerminalWaiting() !== null;
  const amount = amountToTake(basket, payment);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void payByTerminal(basket, amountToTake(basket));
      }}
    >
      <AmountPad
        label={t("payment.cardAmount")}
        amount={amount}
        typed={payment.digits !== ""}
        onScan={payWithCode}
      />
      <TakeButton type="submit" icon={<CreditCard aria-hidden className="shrink-0" />} disabled={isInUse}>
        {t("terminal.send", { amount: moneyText(amount) })}
      </TakeButton>
    </form>
  );
}

/** A card on the terminal beside the till: its amount and the code it shows. No card number ever comes here. */
function BesideTheTill({ basket }: { readonly basket: BasketView }) {
  const payment = usePayment();
  const amount = amountToTake(basket, payment);
  const field = useRef<HTMLInputElement>(null);
  const hintId = useId();
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        // What is typed next is the code that was missing, not another amount.
        if (payment.approvalCode.trim() === "") field.current?.focus();
        void takeCard(amountToTake(basket));
      }}
    >
      <p id={hintId} className="text-ink-soft text-sm">
        {t("payment.cardHint")}
      </p>
      <AmountPad
        beside={
          <Field
            ref={field}
            label={t("payment.approval")}
            aria-describedby={hintId}
            autoComplete="off"
            spellCheck={false}
            maxLength={MAX_APPROVAL_CHARS}
            value={payment.approvalCode}
            onChange={(event) => typeApprovalCode(event.target.value)}
          />
        }
        label={t("payment.cardAmount")}
        amount={amount}
        typed={payment.digits !== ""}
        onScan={payWithCode}
      />
      <TakeButton type="submit">{t("payment.takeCard", { amount: moneyText(amount) })}</TakeButton>
    </form>
  );
}
