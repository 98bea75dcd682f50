import { create } from "zustand";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { readCreditCode } from "#domain/value/credit-code.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { CreditView } from "#protocol/till/credit.ts";
import { moneyText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { amountOfDigits } from "./amount-entry.ts";
import { beginPayment, chooseMethod, takeOnce, usePayment } from "./payment-store.ts";

interface CreditEntry {
  /** As it was typed so far. */
  readonly typed: string;
  /** The credit that was looked up; null: none yet. */
  readonly found: CreditView | null;
}

const FRESH: CreditEntry = { typed: "", found: null };

/** The store credit that the customer pays with. */
export const useCredit = create<CreditEntry>(() => FRESH);

export function beginCredit(): void {
  useCredit.setState(FRESH);
  usePayment.setState({ digits: "" });
}

export function typeCreditCode(typed: string): void {
  useCredit.setState({ typed });
}

/** Looks a code up that was scanned or typed; what is known of another one goes. */
export function checkCredit(code: string): Promise<void> {
  return inTurn(async () => {
    usePayment.setState({ digits: "" });
    useCredit.setState({ typed: code, found: null });
    const answer = await ask("checkCredit", { code }, { most: moneyText(nothing()) });
    if (answer?.ok === true) useCredit.setState({ typed: answer.value.code, found: answer.value });
  });
}

/** A store credit or gift card that is scanned while another way of paying is open: that is how the customer pays. */
export function payWithCode(code: string): void {
  if (readCreditCode(code) === null) {
    tell("refusal", t("payment.noScan"));
    return;
  }
  chooseMethod("credit");
  void checkCredit(code);
}

/** What would be taken of it now: what was typed, else all that can pay for this basket. */
export function creditToTake(
  { most }: CreditView,
  { digits }: { readonly digits: string } = usePayment.getState(),
): Money {
  return amountOfDigits(digits, most.currency) ?? most;
}

/** Takes that much of the credit that was looked up; once taken, the entry begins anew. */
export async function takeCredit(): Promise<void> {
  const { found } = useCredit.getState();
  if (found === null) return;
  const args = { code: found.code, amount: creditToTake(found) };
  await takeOnce("takeCredit", args, async () => {
    const answer = await ask("takeCredit", args, { most: moneyText(found.most) });
    if (answer?.ok !== true) return;
    useCredit.setState(FRESH);
    beginPayment();
  });
}

function nothing(): Money {
  const basket: BasketView | null = useTill.getState().basket;
  if (basket === null) throw new Error("nobody pays without a basket");
  return zeroMoney(basket.remaining.currency);
}
