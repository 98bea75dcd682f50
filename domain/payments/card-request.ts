import type { Instant, TenderId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Basket, Tender } from "../ticket/basket.ts";
import type { ReversalCause } from "./facts.ts";
import type { TerminalSlip } from "./terminal-slip.ts";

/** What a terminal was asked for and has not answered yet. It lies on disk with its basket before anything is sent. */
export interface CardRequest {
  /** The till's name for it at the terminal, at most ten characters, never used twice. */
  readonly service: string;
  /** What the tender will be called. */
  readonly tender: TenderId;
  readonly act: "pay" | "giveBack";
  readonly amount: Money;
  /** The payment that is given back, as the way to give back names it. */
  readonly paidBy?: string;
  readonly at: Instant;
}

/** What a terminal said to a request, as far as it settles it. */
export type CardAnswer =
  | {
      readonly kind: "approved";
      readonly amount: Money;
      readonly approvalCode: string;
      readonly slip: TerminalSlip;
    }
  | { readonly kind: "nothing" };

/** A payment that has to go back: the basket has no use for it. */
export interface UnwantedPayment {
  readonly cause: ReversalCause;
  readonly amount: Money;
  readonly slip: TerminalSlip;
}

/** Whether a basket is paid for already, in part or as a request that is under way: nothing in it may change. */
export function isBeingPaid({ tenders, cardRequest }: Pick<Basket, "tenders" | "cardRequest">): boolean {
  return tenders.length > 0 || cardRequest !== undefined;
}

/** A basket that waits for the terminal's answer. */
export function askTerminal(basket: Basket, request: CardRequest): Basket {
  return { ...basket, cardRequest: request, updatedAt: request.at };
}

/**
 * A basket with the answer to its request: with the tender, or as it was. A payment of more than was asked for is never booked, and
 * goes back. `notAsked`: the basket waits for another answer, or for none.
 */
export function answered({
  basket,
  service,
  answer,
  at,
}: {
  readonly basket: Basket;
  readonly service: string;
  readonly answer: CardAnswer;
  readonly at: Instant;
}): Result<{ readonly basket: Basket; readonly unwanted: UnwantedPayment | null }, "notAsked"> {
  const { cardRequest: request, ...plain } = basket;
  if (request === undefined || request.service !== service) return refused("notAsked");
  const without: Basket = { ...plain, updatedAt: at };
  if (answer.kind === "nothing") return ok({ basket: without, unwanted: null });
  const { amount, slip } = answer;
  const isWrong =
    amount.currency !== request.amount.currency || amount.minor > request.amount.minor || amount.minor <= 0;
  if (isWrong) return ok({ basket: without, unwanted: { cause: "wrongAmount", amount, slip } });
  const tenders = [...basket.tenders, tenderOf(request, answer)];
  return ok({ basket: { ...without, tenders }, unwanted: null });
}

/** A basket whose request somebody settled by word: it happened, by the approval code on the slip, or it did not. Null: it did not. */
export function settledByWord({
  basket,
  approvalCode,
  at,
}: {
  readonly basket: Basket;
  readonly approvalCode: string | null;
  readonly at: Instant;
}): Basket {
  const { cardRequest: request, ...plain } = basket;
  const without: Basket = { ...plain, updatedAt: at };
  if (request === undefined || approvalCode === null) return without;
  const { tender: id, amount, act, paidBy } = request;
  const tender: Tender =
    act === "pay"
      ? { id, kind: "card", amount, approvalCode }
      : {
          id,
          kind: "refund",
          amount,
          to: { kind: "card", approvalCode, ...(paidBy === undefined ? {} : { paidBy }) },
        };
  return { ...without, tenders: [...basket.tenders, tender] };
}

function tenderOf(
  { tender: id, act, paidBy }: CardRequest,
  { amount, approvalCode, slip }: Extract<CardAnswer, { readonly kind: "approved" }>,
): Tender {
  if (act === "pay") return { id, kind: "card", amount, approvalCode, terminal: slip };
  const paid = paidBy === undefined ? {} : { paidBy };
  return { id, kind: "refund", amount, to: { kind: "card", approvalCode, ...paid, terminal: slip } };
}
