import { create } from "zustand";
import { idOf } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { Verb, VerbArgs } from "#protocol/till/contract.ts";
import type { RefundRouteView } from "#protocol/till/returns.ts";
import { hasTerminal, payByCard } from "../../app/card.ts";
import { onceInTurn } from "../../app/pressed-once.ts";
import { ask, tell, useTill } from "../../app/till.ts";
import { typeDigits } from "../../app/typed-digits.ts";
import { t } from "../../i18n/translate.ts";
import { amountOfDigits } from "./amount-entry.ts";

interface Payment {
  readonly method: "cash" | "card" | "credit" | "points";
  /** What was typed of the amount, in minor units; empty stands for all that is left. */
  readonly digits: string;
  readonly approvalCode: string;
  /** How money is given back, by `routeName`; null: the way that is offered first. */
  readonly route: string | null;
  /** The gift card that money goes back onto; null: what is given back as credit gets a code of its own. */
  readonly onto: string | null;
}

const FRESH: Payment = { method: "cash", digits: "", approvalCode: "", route: null, onto: null };

/** What the cashier is entering at payment. What was taken already is in the basket, at the engine. */
export const usePayment = create<Payment>(() => FRESH);

export function beginPayment(): void {
  usePayment.setState(FRESH);
}

export function chooseMethod(method: Payment["method"]): void {
  usePayment.setState({ ...FRESH, method });
}

export function chooseRoute(route: RefundRouteView): void {
  usePayment.setState({ ...FRESH, route: routeName(route) });
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
  return takeOnce("takeCash", { tendered }, async () => {
    const answer = await ask("takeCash", { tendered });
    if (answer?.ok === true) usePayment.setState({ digits: "" });
  });
}

export function takeCard(amount: Money): Promise<void> {
  const approvalCode = usePayment.getState().approvalCode.trim();
  return takeOnce("takeCard", { amount }, async () => {
    const answer = await ask("takeCard", { amount, approvalCode });
    if (answer?.ok === true) usePayment.setState(FRESH);
  });
}

/** Sends this much to the till's own terminal; the entry makes way for what the terminal says. */
export function payByTerminal(basket: BasketView, amount: Money): Promise<void> {
  return takeOnce("payByTerminal", { amount }, async () => {
    await payByCard(basket, amount);
    usePayment.setState({ digits: "" });
  });
}

/**
 * Does at its turn what a button of payment said as it was pressed. Whoever presses it once more before the engine has answered sees the same words
 * still, and means the same money: it is taken, or given back, once. `of`: what the button said.
 */
export function takeOnce(tender: Verb, of: unknown, act: () => Promise<void>): Promise<void> {
  const basket = useTill.getState().basket?.id;
  return onceInTurn(tender, { basket, of }, act);
}

/** Tells the ways of giving back apart: two cards are two ways. */
export function routeName({ kind, paidBy }: RefundRouteView): string {
  return paidBy === null ? kind : `${kind}:${paidBy}`;
}

/** The way that is chosen, while it is still offered, else the first; null where there is none. */
export function chosenRoute(
  basket: BasketView,
  { route }: Pick<Payment, "route"> = usePayment.getState(),
): RefundRouteView | null {
  const routes = basket.returning?.routes ?? [];
  return routes.find((each) => routeName(each) === route) ?? routes[0] ?? null;
}

/** A gift card that is scanned while money is given back: it goes onto that card, where credit is offered. Null: onto none after all. */
export function giveBackOnto(basket: BasketView, scanned: string | null): void {
  const code = scanned === null ? null : readCreditCode(scanned);
  const route = basket.returning?.routes.find(({ kind }) => kind === "credit");
  const isCard = code !== null && valueKindOf(code) === "giftCard";
  if (scanned !== null && (!isCard || route === undefined)) {
    tell("refusal", t("payment.noScan"));
    return;
  }
  usePayment.setState({ ...FRESH, route: route === undefined ? null : routeName(route), onto: code });
}

/** The amount that would be given back now: what was typed, else all that goes this way. */
export function amountToGiveBack(
  route: RefundRouteView,
  { digits }: Pick<Payment, "digits"> = usePayment.getState(),
): Money {
  return amountOfDigits(digits, route.most.currency) ?? route.most;
}

/** Gives the entered amount back this way; the rest, if any, goes the next. */
export async function giveBack(route: RefundRouteView): Promise<void> {
  const amount = amountToGiveBack(route);
  if (route.kind === "card" && hasTerminal()) return giveBackByTerminal(route, amount);
  const to = destinationOf(route);
  if (to === null) return;
  const { onto } = usePayment.getState();
  await takeOnce("giveBack", { way: routeName(route), amount, onto }, async () => {
    const answer = await ask("giveBack", { amount, to });
    if (answer?.ok === true) usePayment.setState(FRESH);
  });
}

function giveBackByTerminal({ paidBy }: RefundRouteView, amount: Money): Promise<void> {
  const args = { amount, ...(paidBy === null ? {} : { paidBy }) };
  return takeOnce("refundByTerminal", args, async () => {
    const answer = await ask("refundByTerminal", args);
    if (answer?.ok === true) usePayment.setState(FRESH);
  });
}

function destinationOf({ kind, order, paidBy }: RefundRouteView): VerbArgs<"giveBack">["to"] | null {
  switch (kind) {
    case "cash":
      return { kind };
    case "credit": {
      const { onto } = usePayment.getState();
      return onto === null ? { kind } : { kind, onto };
    }
    case "card":
      return {
        kind,
        approvalCode: usePayment.getState().approvalCode.trim(),
        ...(paidBy === null ? {} : { paidBy }),
      };
    case "points":
      return paidBy === null ? null : { kind, customer: idOf<"Customer">(paidBy) };
    case "online":
      return order === null ? null : { kind, order };
  }
}
