import { create } from "zustand";
import type { BasketId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { BasketView, CustomerBasket } from "#protocol/till/basket.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import type { TerminalView } from "#protocol/till/terminal.ts";
import { refusalWords, t, tCount } from "../i18n/translate.ts";
import { askApproved } from "./approve.tsx";
import { dateText } from "./format.ts";
import { inTurn } from "./in-turn.ts";
import { closeOverlay, openOverlay } from "./overlay.ts";
import { comesBack, isFilled, leaveReturn, openObstacles } from "./returning.ts";
import { ask, clearNotice, client, tell, useTill } from "./till.ts";
import { EngineAway } from "./till-client.ts";
import { playTone } from "./tones.ts";

/** A sale that was just completed, until the next one begins. */
export interface DoneSale {
  readonly receipt: Receipt;
  readonly change: Money;
  readonly due: Money;
  /** What the sale did besides: handed an order out, or placed one. */
  readonly order: { readonly kind: "handedOver" | "placed"; readonly number: string } | null;
  /** Whether a placed order was taken with the server's word on stock. */
  readonly confirmed: boolean;
  /** Whether goods came back with it. */
  readonly tookBack: boolean;
  /** The money that was given back, way by way. */
  readonly refunds: readonly Refund[];
}

export type Refund = Extract<BasketView["tenders"][number], { readonly kind: "refund" }>;

interface Register {
  /** Whether the cashier went to take the money. A basket with tenders is at payment in any case. */
  readonly paying: boolean;
  readonly done: DoneSale | null;
}

export const useRegister = create<Register>(() => ({ paying: false, done: null }));

/** Whether money is being taken for the basket in front. */
export function useAtPayment(): boolean {
  const paying = useRegister((register) => register.paying);
  return useTill((till) => isPaidFor(till, paying));
}

/** The same, asked once. */
export function isAtPayment(): boolean {
  return isPaidFor(useTill.getState(), useRegister.getState().paying);
}

function isPaidFor({ basket, terminal }: ReturnType<typeof useTill.getState>, paying: boolean): boolean {
  return (
    basket !== null &&
    isFilled(basket) &&
    (paying || basket.tenders.length > 0 || isAtTerminal(basket, terminal))
  );
}

/** Whether the payment terminal was asked for something for this basket and did not answer yet. */
export function isAtTerminal({ id }: Pick<BasketView, "id">, terminal: TerminalView | null): boolean {
  return terminal !== null && terminal.now.state !== "idle" && terminal.now.basket === id;
}

type Scanned = Extract<VerbAnswer<"scan">, { readonly ok: true }>["value"];

/** What a colleague says of an article: what it weighs, or what it costs. */
export type Stated = { readonly grams: number } | { readonly price: Money };

/** Rings up an article that was pressed, and answers whether it did; what is sold by weight or at a typed price is asked for first. */
export function ring(item: Item, stated?: Stated): Promise<boolean> {
  if (stated === undefined && item.soldBy !== undefined) {
    openOverlay({ kind: item.soldBy === "weight" ? "weigh" : "openPrice", item });
    return Promise.resolve(false);
  }
  return inTurn(async () => {
    const answer = await askApproved(
      "addItem",
      { variant: item.variant, ...stated },
      { what: t("approve.more") },
    );
    if (answer?.ok === true) rungUp();
    return answer?.ok === true;
  });
}

/** Whether a colleague may change a line of the basket: not what was ordered, nor what comes and goes with another line. */
export function isChangeable({
  isOrdered,
  linked,
}: Pick<BasketView["lines"][number], "isOrdered" | "linked">): boolean {
  return !isOrdered && linked === undefined;
}

/** Says that prices in the basket changed with its customer, after what there is to say anyway. */
export function tellRepriced({ repriced = 0 }: Pick<CustomerBasket, "repriced">, said = ""): void {
  const changed = repriced === 0 ? "" : tCount("price.changed", repriced);
  const words = [said, changed].filter((each) => each !== "").join(" ");
  if (words !== "") tell("done", words);
}

/** Rings up what a scanner read, or puts the customer of a card onto the basket. Answers whether the code was known here. */
export function scan(code: string): Promise<boolean> {
  closeOverlay();
  return inTurn(async () => (await takeScanned(code)) !== null);
}

/** The same for whoever has the turn already. Gives the article's name; null when nothing was rung up or the code was a customer's. */
export async function ringScanned(code: string): Promise<string | null> {
  const taken = await takeScanned(code);
  return taken === null || "asks" in taken || !("item" in taken) ? null : taken.item.name;
}

async function takeScanned(code: string): Promise<Scanned | null> {
  const answer = await askApproved("scan", { code }, { what: t("approve.more"), values: { code } });
  if (answer?.ok !== true) return null;
  const { value } = answer;
  if ("asks" in value) {
    const { item, asks } = value;
    openOverlay({ kind: asks === "weight" ? "weigh" : "openPrice", item });
    return value;
  }
  rungUp();
  if ("item" in value) {
    const { item, expired } = value;
    if (expired !== undefined)
      tell("refusal", t("scan.expired", { name: item.name, day: dateText(expired) }));
  } else tellRepriced(value.basket, t("customer.attached", { name: value.customer.name }));
  return value;
}

function rungUp(): void {
  playTone("ok");
  useRegister.setState({ done: null });
}

/**
 * Settles the rest in cash, exactly, and completes the sale: takes what is to be paid or gives back what comes back. A basket that is paid
 * already is just completed.
 */
export function exactCash(): Promise<void> {
  return inTurn(async () => {
    const { basket } = useTill.getState();
    if (basket === null || !isFilled(basket) || isHeldUp(basket)) return;
    if (isPaid(basket)) return complete(basket);
    const settled = isGivingBack(basket)
      ? await ask("giveBack", { amount: basket.giveBackInCash, to: { kind: "cash" } })
      : await ask("takeCash", { tendered: basket.remainingInCash });
    if (settled?.ok === true) await complete(settled.value);
  });
}

/** Whether something stands in the way of what comes back; then it is shown, with what gets past it. */
function isHeldUp(basket: BasketView): boolean {
  if (openObstacles(basket).length === 0) return false;
  playTone("refusal");
  openOverlay({ kind: "returnObstacles" });
  return true;
}

/** Writes the sale down. The engine gives the same ticket when it is asked again, so a broken line is no reason to give up. */
export function completeSale(): Promise<void> {
  return inTurn(async () => {
    const { basket } = useTill.getState();
    if (basket !== null && isFilled(basket) && !isHeldUp(basket)) await complete(basket);
  });
}

async function complete(basket: BasketView): Promise<void> {
  const confirmed = useTill.getState().sync?.link.state === "online";
  // The basket is empty before the answer is here: what was sold before it is no news any more.
  startNewSale();
  const answer = await askTwice(basket.id);
  if (answer === null) return tell("refusal", refusalWords("engineAway"));
  if (!answer.ok) return tell("refusal", refusalWords(answer.reason));
  playTone("done");
  closeOverlay();
  leaveReturn();
  const refunds = basket.tenders.filter((tender) => tender.kind === "refund");
  useRegister.setState({
    paying: false,
    done: { ...answer.value, confirmed, tookBack: comesBack(basket), refunds },
  });
}

async function askTwice(basket: BasketId): Promise<VerbAnswer<"completeSale"> | null> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      return await client.call("completeSale", { basket });
    } catch (error) {
      if (!(error instanceof EngineAway)) break;
    }
  }
  return null;
}

export function goToPayment(): void {
  const { basket } = useTill.getState();
  if (basket === null || !isFilled(basket) || isHeldUp(basket)) return;
  // An even exchange has nothing to pay: it is done at once.
  if (comesBack(basket) && isPaid(basket)) return void completeSale();
  closeOverlay();
  clearNotice();
  useRegister.setState({ paying: true });
}

/** The basket that is on its way from the engine is to be paid: payment opens as soon as it is here. */
export function payNext(): void {
  useRegister.setState({ paying: true });
}

/** Back to the register. The tenders are taken back first: a basket is not edited under them. */
export function leavePayment(): Promise<void> {
  return inTurn(async () => {
    for (const tender of useTill.getState().basket?.tenders ?? []) {
      const answer = await ask("removeTender", { tender: tender.id });
      if (answer?.ok !== true) return;
    }
    useRegister.setState({ paying: false });
  });
}

export function startNewSale(): void {
  useRegister.setState({ done: null });
}

/** Whether nothing is left to pay or to give back and the sale can be completed. */
export function isPaid({ remaining, giveBack, due, paid }: BasketView): boolean {
  return remaining.minor === 0 && giveBack.minor === 0 && (paid.minor !== 0 || due.minor === 0);
}

/** Whether the customer gets money instead of paying. */
export function isGivingBack({ due }: Pick<BasketView, "due">): boolean {
  return due.minor < 0;
}
