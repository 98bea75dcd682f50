import { useEffect } from "react";
import { create } from "zustand";
import type { BasketId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { TerminalView } from "#protocol/till/terminal.ts";
import { inTurn } from "./in-turn.ts";
import { closeOverlay } from "./overlay.ts";
import { completeSale, isPaid, useRegister } from "./register.ts";
import { isFilled, openObstacles } from "./returning.ts";
import { ask, useTill } from "./till.ts";

type TerminalNow = TerminalView["now"];
/** The terminal waits for the customer, or nobody knows what it did. */
export type TerminalWaiting = Exclude<TerminalNow, { readonly state: "idle" }>;

interface Card {
  /** The basket that is completed as soon as its card has paid all of it. */
  readonly completes: BasketId | null;
}

const useCard = create<Card>(() => ({ completes: null }));

/** Whether this till has a payment terminal of its own. */
export function useHasTerminal(): boolean {
  return useTill(({ terminal }) => terminal !== null && terminal.setUp !== null);
}

/** The same, asked once. */
export function hasTerminal(): boolean {
  const { terminal } = useTill.getState();
  return terminal !== null && terminal.setUp !== null;
}

/** What the terminal was asked for and has not answered; null: nothing. */
export function useTerminalWaiting(): TerminalWaiting | null {
  return useTill(({ terminal }) => waitingOf(terminal));
}

function waitingOf(terminal: TerminalView | null): TerminalWaiting | null {
  return terminal === null || terminal.now.state === "idle" ? null : terminal.now;
}

/** All that is left by card, with one tap: payment opens on what the terminal does, and an approval for all of it completes the sale. */
export function cardAtOnce(): Promise<void> {
  return inTurn(async () => {
    const { basket } = useTill.getState();
    if (basket === null || !isFilled(basket) || openObstacles(basket).length > 0) return;
    closeOverlay();
    useRegister.setState({ paying: true });
    await send(basket, basket.remaining, true);
  });
}

/** This much by card, for whoever has the turn already. */
export function payByCard(basket: BasketView, amount: Money): Promise<void> {
  return send(basket, amount, false);
}

async function send(basket: BasketView, amount: Money, completes: boolean): Promise<void> {
  useCard.setState({ completes: completes ? basket.id : null });
  await ask("payByTerminal", { amount });
}

/** Completes the sale that one tap on the card began, once it is paid. */
export function useCardCompletes(basket: BasketView | null): void {
  const { completes } = useCard();
  const waiting = useTerminalWaiting();
  const isDone = basket !== null && basket.id === completes && waiting === null && isPaid(basket);
  useEffect(() => {
    if (!isDone) return;
    useCard.setState({ completes: null });
    void completeSale();
  }, [isDone]);
}
