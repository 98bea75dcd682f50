import type { BasketId, StaffId, TenderId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** Why a payment went back to its card before it became a ticket. */
export const REVERSAL_CAUSES = ["takenBack", "wrongAmount", "givenUp"] as const;
export type ReversalCause = (typeof REVERSAL_CAUSES)[number];

/** What a terminal was asked for: money from a card, money back to one, or a payment undone. */
export const TERMINAL_ACTS = ["pay", "giveBack", "reverse"] as const;
export type TerminalAct = (typeof TERMINAL_ACTS)[number];

interface CardAct {
  /** The till's name for what it asked of the terminal. An entry may be there twice after a power cut: it is told by this. */
  readonly service: string;
  readonly basket: BasketId;
  readonly tender: TenderId;
  /** Above zero. */
  readonly amount: Money;
}

/** What happened with a card and is on no ticket. */
export type CardFact =
  /** A payment that a terminal had taken went back to its card. */
  | (CardAct & {
      readonly type: "card.reversed";
      /** The terminal's name for the payment. */
      readonly reference: string;
      readonly cause: ReversalCause;
    })
  /** Nobody could ask the terminal: somebody who may looked at it and said what had happened. */
  | (CardAct & {
      readonly type: "card.settledByHand";
      readonly act: TerminalAct;
      readonly happened: boolean;
      /** As it stands on the terminal's slip; null where nothing happened, or for a reversal. */
      readonly approvalCode: string | null;
      readonly reason: string;
      /** Null: whoever was at the till may. */
      readonly approvedBy: StaffId | null;
    });
