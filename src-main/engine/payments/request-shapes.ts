import type { CardAnswer, CardRequest } from "#domain/payments/card-request.ts";
import type { TerminalReference } from "#domain/payments/terminal-slip.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import type { TerminalView } from "#protocol/till/terminal.ts";
import type { Approved, NotDone } from "../../devices/payment-terminal/port.ts";
import type { BasketDraft } from "../shop/basket-draft.ts";

type NotSent = Omit<NotDone, "reason"> & { readonly reason: NotDone["reason"] | "notSent" };
/** What settles a request. */
export type Settled = Approved | NotSent;
export type Last = Extract<TerminalView["now"], { readonly state: "idle" }>["last"];

/** A draft with what the terminal was asked for. */
export interface Waiting {
  readonly draft: BasketDraft;
  readonly request: CardRequest;
}

export const WRONG_AMOUNT = { kind: "notDone", reason: "wrongAmount", says: "" } as const;

/** Stands for what the terminal will say: whether the basket could take it is known before. */
export function tenderToTry({ tender: id, act, amount, paidBy }: CardRequest): Tender {
  const approvalCode = "-";
  if (act === "pay") return { id, kind: "card", amount, approvalCode };
  const to = { kind: "card", approvalCode, ...(paidBy === undefined ? {} : { paidBy }) } as const;
  return { id, kind: "refund", amount, to };
}

/** The terminal's own name for the payment that is given back, where the purchase tells it. */
export function referenceOf({ returning }: Basket, { paidBy }: CardRequest): TerminalReference | null {
  if (paidBy === undefined) return null;
  const paid = (returning?.standings ?? []).flatMap(({ purchase }) => purchase.paidWith);
  const card = paid.find((each) => each.kind === "card" && each.approvalCode === paidBy);
  return card?.kind === "card" ? (card.terminal ?? null) : null;
}

export function answerOf(outcome: Settled): CardAnswer {
  if (outcome.kind === "notDone") return { kind: "nothing" };
  const { kind, amount, approvalCode, slip } = outcome;
  return { kind, amount, approvalCode, slip };
}

export function shownRequest({ id: basket }: Basket, { act, amount, at: since }: CardRequest) {
  return { basket, act, amount, since };
}

export function lastOf(basket: Basket, request: CardRequest, outcome: Settled | typeof WRONG_AMOUNT): Last {
  const asked = shownRequest(basket, request);
  if (outcome.kind === "approved") return { outcome: "approved", ...asked, approved: outcome.amount };
  return { outcome: "notDone", ...asked, reason: outcome.reason, says: outcome.says };
}
