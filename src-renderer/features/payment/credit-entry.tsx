import { useEffect } from "react";
import { valueKindOf } from "#domain/value/credit-code.ts";
import type { CreditView } from "#protocol/till/credit.ts";
import { dayText, moneyText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { AmountPad } from "./amount-pad.tsx";
import {
  beginCredit,
  checkCredit,
  creditToTake,
  takeCredit,
  typeCreditCode,
  useCredit,
} from "./credit-store.ts";
import { usePayment } from "./payment-store.ts";
import { TakeButton } from "./take-button.tsx";

const MAX_CODE_CHARS = 60;

/** Store credit: its code first, then what is there and how much of it is taken. */
export function CreditEntry() {
  const { typed, found } = useCredit();
  useEffect(beginCredit, []);
  return found === null ? <CodeEntry typed={typed} /> : <Found credit={found} />;
}

function CodeEntry({ typed }: { readonly typed: string }) {
  useScans("over", (code) => void checkCredit(code));
  useTyped("over", (text) => typeCreditCode(useCredit.getState().typed + text));
  useEnter(() => void checkCredit(useCredit.getState().typed));
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void checkCredit(typed);
      }}
    >
      <Field
        label={t("payment.creditCode")}
        hint={t("payment.creditHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={MAX_CODE_CHARS}
        value={typed}
        onChange={(event) => typeCreditCode(event.target.value)}
      />
      <Button type="submit" look="accent" size="huge">
        {t("payment.creditCheck")}
      </Button>
    </form>
  );
}

function Found({ credit }: { readonly credit: CreditView }) {
  const payment = usePayment();
  const amount = creditToTake(credit, payment);
  const isGiftCard = valueKindOf(credit.code) === "giftCard";
  useEnter(() => void takeCredit());
  return (
    <>
      <div className="rise flex items-center gap-3 rounded-2xl border border-line bg-surface py-2 pe-2 ps-5">
        <div className="min-w-0 flex-1">
          <p data-testid="credit-left" className="figures font-bold text-xl">
            {t("payment.creditLeft", { amount: moneyText(credit.balance) })}
          </p>
          <p className="truncate text-ink-soft text-sm">
            <span className="figures">{credit.code}</span>
            {credit.issuedAt === null ? null : (
              <>
                {" "}
                ·{" "}
                {t(isGiftCard ? "giftCard.since" : "payment.creditSince", { day: dayText(credit.issuedAt) })}
              </>
            )}
          </p>
        </div>
        <Button onClick={beginCredit}>{t("payment.creditOther")}</Button>
      </div>
      {credit.askedServer ? null : (
        <p role="status" className="rounded-2xl bg-warn-soft px-5 py-2 text-warn">
          {t("payment.creditOffline")}
          {credit.boundBy === "offline" ? (
            <strong> {t("payment.creditBound", { amount: moneyText(credit.most) })}</strong>
          ) : null}
        </p>
      )}
      <AmountPad
        label={t("payment.creditAmount")}
        amount={amount}
        typed={payment.digits !== ""}
        onScan={(code) => void checkCredit(code)}
      />
      <TakeButton onClick={() => void takeCredit()}>
        {t(isGiftCard ? "payment.takeGiftCard" : "payment.takeCredit", { amount: moneyText(amount) })}
      </TakeButton>
    </>
  );
}
