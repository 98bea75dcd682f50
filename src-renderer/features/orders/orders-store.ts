import { create } from "zustand";
import { normalisePickupCode, readPickupQr } from "#domain/orders/pickup-code.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { inTurn } from "../../app/in-turn.ts";
import { clearNotice, client, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";

/** The order in front: as it was when it was opened, and the pickup code that was scanned with it. */
export interface Opened {
  readonly card: OrderCard;
  readonly code: string;
}

interface OrdersState {
  readonly text: string;
  /** What the search found; null while the lanes are shown. */
  readonly found: readonly OrderCard[] | null;
  readonly opened: Opened | null;
}

const FRESH: OrdersState = { text: "", found: null, opened: null };

export const useOrders = create<OrdersState>(() => FRESH);

/** Grows with each question, so that a late answer to an older one is let go. */
let question = 0;
/** Grows with each order that is opened: what is tapped while Enter looks for an order is not replaced by it. */
let openings = 0;

export function resetOrders(): void {
  question += 1;
  useOrders.setState(FRESH);
}

/** Opens an order. `code` is the pickup code that led to it, as scanned. */
export function openOrder(card: OrderCard, code = ""): void {
  openings += 1;
  clearNotice();
  useOrders.setState({ opened: { card, code } });
}

export function closeOrder(): void {
  useOrders.setState({ opened: null });
}

/** An order as the engine shows it now; one that is found by search only stays as it was found or as the last act left it. */
export function currentCard(opened: Opened, orders: readonly OrderCard[]): OrderCard {
  return orders.find((each) => each.id === opened.card.id) ?? opened.card;
}

/** The order in front after an act on it. */
export function keepCard(card: OrderCard): void {
  useOrders.setState(({ opened }) => (opened?.card.id === card.id ? { opened: { ...opened, card } } : {}));
}

/** Finds orders as one types: by number, name, phone or pickup code; what it found, null where there is no answer or another question was asked meanwhile. No letters show the lanes again. */
export async function searchOrders(text: string): Promise<readonly OrderCard[] | null> {
  question += 1;
  const mine = question;
  if (text.trim() === "") {
    useOrders.setState({ text: "", found: null });
    return null;
  }
  useOrders.setState({ text, opened: null });
  const found = await find(text);
  if (mine !== question || found === null) return null;
  useOrders.setState({ found });
  return found;
}

export function typeAheadOrders(letters: string): void {
  void searchOrders(useOrders.getState().text + letters);
}

/** Opens an order that the search found. A pickup code that was typed to find it counts as shown; a name that looks like one does not. */
export function openFound(card: OrderCard): void {
  const code = proofIn(useOrders.getState().text);
  openOrder(card, card.customerName.toUpperCase().includes(code) ? "" : code);
}

/** Opens the order that the search finds first; asked for anew, so that Enter right after the last letter opens what that letter means. */
export async function openFirstFound(): Promise<void> {
  const before = openings;
  const [first] = (await searchOrders(useOrders.getState().text)) ?? [];
  if (first !== undefined && before === openings) openFound(first);
}

/** A scan of a pickup code, a pickup QR or an order's number opens its order; the code counts as shown. */
export function scanForOrder(code: string): Promise<void> {
  return inTurn(async () => {
    const found = await find(code);
    if (found === null) return tell("refusal", refusalWords("engineAway"));
    const [first, second] = found;
    if (first === undefined) return tell("refusal", t("orders.unknownCode", { code: shownCode(code) }));
    playTone("ok");
    question += 1;
    useOrders.setState({ text: "", found: null });
    if (second === undefined || isPickupProof(code)) return openOrder(first, proofIn(code));
    useOrders.setState({ text: code, found, opened: null });
  });
}

/** A text that a scanner reads from a customer's phone or an order's label. */
export function isPickupProof(text: string): boolean {
  return readPickupQr(text) !== null || normalisePickupCode(text) !== null;
}

/** The pickup code in what was scanned; empty where it is none. */
export function proofIn(text: string): string {
  return readPickupQr(text)?.code ?? normalisePickupCode(text) ?? "";
}

function shownCode(code: string): string {
  return readPickupQr(code)?.number ?? code;
}

async function find(text: string): Promise<readonly OrderCard[] | null> {
  try {
    return await client.call("findOrders", { text });
  } catch {
    return null;
  }
}

/** One step back: from the search or the order to the lanes. False when there is nothing to go back from. */
export function stepBack(): boolean {
  const { opened, text } = useOrders.getState();
  if (opened !== null) closeOrder();
  else if (text !== "") void searchOrders("");
  else return false;
  return true;
}
