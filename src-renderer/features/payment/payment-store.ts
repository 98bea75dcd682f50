import { create } from "zustand";
import type { Money } from "#domain/money/money.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { inTurn } from "../../app/in-turn.ts";
import { ask } from "../../app/till.ts";
import { amountOfDigits, typeDigits } from "./amount-entry.ts";

interface Payment {
  readonly method: "cash" | "card";
  /** What was typed of the amount, in minor units; empty stands for all that is left. */
  readonly digits: string;
  readonly approvalCode: string;
}

const FRESH: Payment = { method: "cash", digits: "", approvalCode: "" };

/** What the cashier is entering at payment. What was taken already is in the basket, at the engine. */
export const usePayment = create<Payment>(() => FRESH);

export function beginPayment(): void {
  usePayment.setState(FRESH);
}

export function chooseMethod(method: Payment["method"]): void {
  usePayment.setState({ ...FRESH, method });
}

export function typeAmount(typed: string): void {
  usePayment.setState((before) => ({ digits: typeDigits(before.digits, typed) }));
}

export function deleteDigit(): void {
  usePayment.setState((before) => ({ digits: before.digits.slice(0, -1) }));
}

export function typeApprovalCode(approvalCode: string): void {
  usePayment.setState({ approvalCode });
}

/** The amount that would be taken now: what was typed, else all that is left for this way of paying. */
export function amountToTake(
  basket: BasketView,
  { method, digits }: Pick<Payment, "method" | "digits"> = usePayment.getState(),
): Money {
  const left = method === "cash" ? basket.remainingInCash : basket.remaining;
  return amountOfDigits(digits, left.currency) ?? left;
}

/** Takes this cash; an entry that was taken makes way for the next. */
export function takeCash(tendered: Money): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("takeCash", { tendered });
    if (answer?.ok === true) usePayment.setState({ digits: "" });
  });
}

export function takeCard(amount: Money): Promise<void> {
  return inTurn(async () => {
    const { approvalCode } = usePayment.getState();
    const answer = await ask("takeCard", { amount, approvalCode: approvalCode.trim() });
    if (answer?.ok === true) usePayment.setState(FRESH);
  });
}
