import { create } from "zustand";
import type { FulfilmentId, LineId } from "#domain/ids.ts";
import { PICKUP_CODE_ALPHABET, PICKUP_CODE_CHARS } from "#domain/orders/pickup-code.ts";
import type { Signature } from "#domain/orders/signature.ts";
import type { VerbAnswer, VerbArgs } from "#protocol/till/contract.ts";
import type { OrderCard } from "#protocol/till/orders.ts";
import { timeText } from "../../app/format.ts";
import { inTurn } from "../../app/in-turn.ts";
import type { ManagersWord } from "../../app/manager-sheet.tsx";
import { goTo } from "../../app/place.ts";
import { payNext, startNewSale } from "../../app/register.ts";
import { isFilled } from "../../app/returning.ts";
import { ask, client, tell, useTill } from "../../app/till.ts";
import { whyUnanswered } from "../../app/till-client.ts";
import { playTone } from "../../app/tones.ts";
import { refusalWords, t } from "../../i18n/translate.ts";
import { leftOf } from "./lanes.ts";
import { closeOrder, keepCard } from "./orders-store.ts";

interface HandOut {
  readonly fulfilment: FulfilmentId | null;
  readonly proof: "code" | "idCheck";
  readonly code: string;
  readonly reason: string;
  readonly collector: string;
  /** Pieces to hand out now, of the lines where it is not all that is left. */
  readonly fewer: ReadonlyMap<LineId, number>;
  readonly withSale: boolean;
  /** The customer is asked to sign. */
  readonly isSigning: boolean;
  readonly signature: Signature | null;
  /** Why the till may not do it alone; null while it may or nobody tried. */
  readonly lacksLease: "leaseHeldByAnother" | "leaseUnknown" | null;
  /** What was wrong with the manager's word, in words. */
  readonly problem: string | null;
}

const FRESH: HandOut = {
  fulfilment: null,
  proof: "code",
  code: "",
  reason: "",
  collector: "",
  fewer: new Map(),
  withSale: false,
  isSigning: false,
  signature: null,
  lacksLease: null,
  problem: null,
};

/** What the colleague is entering at the hand-out; nothing of it is kept once it is done. */
export const useHandOut = create<HandOut>(() => FRESH);

/** Begins with this order; a code that was scanned to open it counts as shown. */
export function beginHandOut(card: OrderCard, code: string): void {
  useHandOut.setState({ ...FRESH, fulfilment: card.id, proof: card.hasCode ? "code" : "idCheck", code });
}

/** The code after more letters: what no pickup code has is let go. */
export function typeCode(before: string, typed: string): string {
  const legal = [...typed.toUpperCase()].filter((letter) => PICKUP_CODE_ALPHABET.includes(letter));
  return (before + legal.join("")).slice(0, PICKUP_CODE_CHARS);
}

/** How many pieces of the line are handed out now. */
export function piecesNow(line: OrderCard["lines"][number], fewer: HandOut["fewer"]): number {
  return Math.min(fewer.get(line.line) ?? leftOf(line), leftOf(line));
}

export function setPieces(line: OrderCard["lines"][number], pieces: number): void {
  const kept = Math.min(Math.max(0, pieces), leftOf(line));
  useHandOut.setState(({ fewer }) => ({ fewer: new Map(fewer).set(line.line, kept) }));
}

/** Whether what is entered is enough to hand out. */
export function isProven({ proof, code, reason }: Pick<HandOut, "proof" | "code" | "reason">): boolean {
  return proof === "code" ? code.length === PICKUP_CODE_CHARS : reason.trim() !== "";
}

/** Hands over what is chosen, by what was entered. Without the lease it asks for a manager's word; with something to pay it goes on at the register. */
export function handOut(card: OrderCard, override: ManagersWord | null = null): Promise<void> {
  return inTurn(async () => {
    const entered = useHandOut.getState();
    if (!isProven(entered)) return tell("refusal", refusalWords(whatLacks(entered)));
    const answer = await askToHandOver(argsOf(card, entered, override));
    if (answer === null) return;
    if (answer.ok) finish(card, answer.value, entered.withSale);
    else refuse(answer.reason, override !== null);
  });
}

function whatLacks({ proof }: HandOut): string {
  return proof === "code" ? "codeMissing" : "reasonMissing";
}

function argsOf(card: OrderCard, entered: HandOut, override: ManagersWord | null): VerbArgs<"handOver"> {
  const { proof, code, reason, collector, fewer, withSale } = entered;
  const chosen = card.lines
    .map((line) => ({ line: line.line, quantity: piecesNow(line, fewer) }))
    .filter(({ quantity }) => quantity > 0);
  const isAll = card.lines.every((line) => piecesNow(line, fewer) === leftOf(line));
  return {
    fulfilment: card.id,
    proof:
      proof === "code"
        ? { kind: "code", code }
        : { kind: "idCheck", reason: reason.trim(), collector: collector.trim() },
    lines: isAll ? null : chosen,
    withSale,
    override,
    signature: entered.signature,
  };
}

/** A basket that stands in front makes way by itself: it is parked, a return of which nothing was chosen is ended, and the hand-out asked for once more. */
async function askToHandOver(args: VerbArgs<"handOver">): Promise<VerbAnswer<"handOver"> | null> {
  try {
    const answer = await client.call("handOver", args);
    const isInTheWay = !answer.ok && answer.reason === "basketNotEmpty";
    const front = useTill.getState().basket;
    if (!isInTheWay || front === null || front.collecting !== null) return answer;
    if (!isFilled(front) && front.returning !== null) {
      const stopped = await ask("stopReturn", {});
      return stopped?.ok === true ? await client.call("handOver", args) : null;
    }
    const label = t("park.default", { time: timeText(Date.now()) });
    const parked = await ask("parkBasket", { label });
    if (parked?.ok !== true) return null;
    const again = await client.call("handOver", args);
    if (again.ok) tell("done", t("orders.out.parked", { label }));
    return again;
  } catch (error) {
    tell("refusal", refusalWords(whyUnanswered(error)));
    return null;
  }
}

function refuse(reason: string, isOverride: boolean): void {
  if (reason === "signatureMissing") {
    useHandOut.setState({ isSigning: true });
    return;
  }
  if (reason === "leaseHeldByAnother" || reason === "leaseUnknown") {
    playTone("refusal");
    useHandOut.setState({ lacksLease: reason, problem: null });
    return;
  }
  if (reason === "wrongCode") useHandOut.setState({ code: "", lacksLease: null });
  if (reason === "tooManyTries") useHandOut.setState({ code: "", proof: "idCheck", lacksLease: null });
  if (isOverride && useHandOut.getState().lacksLease !== null) {
    playTone("refusal");
    useHandOut.setState({ problem: refusalWords(reason) });
  } else tell("refusal", refusalWords(reason));
}

type HandedOver = Extract<VerbAnswer<"handOver">, { readonly ok: true }>["value"];

function finish(card: OrderCard, { next, order }: HandedOver, withSale: boolean): void {
  useHandOut.setState(FRESH);
  if (next === "sale") {
    closeOrder();
    startNewSale();
    goTo("register");
    if (!withSale) payNext();
    return;
  }
  keepCard(order);
  playTone("done");
  const { number } = card;
  tell("done", t(order.state === "collected" ? "orders.out.done" : "orders.out.doneSome", { number }));
  if (order.state === "collected") closeOrder();
  else beginHandOut(order, "");
}

/** The customer has signed: the hand-out goes on. */
export function sign(card: OrderCard, signature: Signature): Promise<void> {
  useHandOut.setState({ isSigning: false, signature });
  return handOut(card);
}

export function leaveSigning(): void {
  useHandOut.setState({ isSigning: false });
}

export function leaveOverride(): void {
  useHandOut.setState({ lacksLease: null, problem: null });
}
