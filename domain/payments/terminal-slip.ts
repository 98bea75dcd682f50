export const MAX_SLIP_LINES = 60;
export const MAX_SLIP_LINE_CHARS = 80;

/** What a payment terminal says of money that it took or gave back. Of the card at most its brand and last four digits. */
export interface TerminalSlip {
  /** The till's name for what it asked of the terminal: by it both know it again. */
  readonly service: string;
  readonly brand: string;
  readonly lastFour: string | null;
  /** The terminal's own name for it, and when it was by the terminal's clock, as it wrote it: a refund or reversal refers to both. */
  readonly reference: string;
  readonly at: string;
  /** The terminal, by the id that its acquirer knows it by. */
  readonly terminal: string;
  /** What the card scheme wants on the customer's receipt, line by line. */
  readonly lines: readonly string[];
}

/** Which payment of a terminal money goes back to. */
export type TerminalReference = Pick<TerminalSlip, "reference" | "at">;
