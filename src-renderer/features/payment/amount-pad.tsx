import type { ReactNode } from "react";
import type { Money } from "#domain/money/money.ts";
import { moneyText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { tell } from "../../app/till.ts";
import { zerosKey } from "../../app/typed-digits.ts";
import { useBackspace } from "../../app/use-backspace.ts";
import { t } from "../../i18n/translate.ts";
import { Numpad } from "../../ui/numpad.tsx";
import { deleteDigit, typeAmount } from "./payment-store.ts";

/** A burst of so few digits is a quick hand on the keypad, not an article's code. */
const MAX_TYPED_DIGITS = 7;

/** An amount, typed digit by digit on screen or keyboard. */
export function AmountPad({
  label,
  amount,
  typed,
  beside = null,
  onScan,
}: {
  readonly label: string;
  readonly amount: Money;
  readonly typed: boolean;
  /** Stands left of the amount: one row less where the screen is low. */
  readonly beside?: ReactNode;
  /** What a scan means here; absent: nothing. */
  readonly onScan?: (code: string) => void;
}) {
  useTyped("over", typeAmount);
  useScans("over", (code) => {
    if (/^\d+$/.test(code) && code.length <= MAX_TYPED_DIGITS) typeAmount(code);
    else if (onScan !== undefined) onScan(code);
    else tell("refusal", t("payment.noScan"));
  });
  useBackspace(deleteDigit);
  return (
    <>
      <div className={beside === null ? "contents" : "grid grid-cols-2 items-end gap-3"}>
        {beside}
        <p className="flex min-h-14 flex-wrap items-baseline justify-between gap-x-3 rounded-2xl border border-line bg-surface px-5 py-2">
          <span className="text-ink-soft">{label}</span>
          <span className={`figures font-bold text-3xl ${typed ? "" : "text-ink-soft"}`}>
            {moneyText(amount)}
          </span>
        </p>
      </div>
      <Numpad
        label={t("payment.pad")}
        deleteLabel={t("payment.delete")}
        extra={zerosKey(amount.currency)}
        onDigits={typeAmount}
        onDelete={deleteDigit}
      />
    </>
  );
}
