import type { Money } from "#domain/money/money.ts";
import type { TerminalAct } from "#domain/payments/facts.ts";
import type { TerminalReference, TerminalSlip } from "#domain/payments/terminal-slip.ts";

/** A terminal that speaks the nexo retailer protocol on the store's network. */
export interface TerminalSetup {
  readonly kind: "nexo";
  readonly host: string;
  readonly port: number;
  /** What this till and the terminal call themselves. */
  readonly saleId: string;
  readonly poiId: string;
  /** Null: plain TCP. `fingerprint`: SHA-256 of the terminal's certificate, 64 lower-case hex digits; null: one that this machine trusts. */
  readonly tls: { readonly fingerprint: string | null } | null;
}

/** Money that the terminal moved. */
export interface Approved {
  readonly kind: "approved";
  /** Above zero; below what was asked for where the card had no more. */
  readonly amount: Money;
  readonly approvalCode: string;
  readonly slip: TerminalSlip;
  /** The merchant's own slip, where the customer has to sign on it; else empty. */
  readonly toSign: readonly string[];
}

/** Nothing moved. `says`: in the terminal's own words, empty where it has none. */
export interface NotDone {
  readonly kind: "notDone";
  readonly reason:
    | "declined"
    | "wrongPin"
    | "cardRefused"
    | "hostUnreachable"
    | "aborted"
    | "busy"
    /** The request never left the till. */
    | "unreachable"
    | "notPossible";
  readonly says: string;
}

/** Whether money moved is not known: the answer did not come. */
export interface Unknown {
  readonly kind: "unknown";
}

export type TerminalOutcome = Approved | NotDone | Unknown;

/** What the terminal says of a request of before. `unreachable`: nothing, it does not answer. */
export type TerminalStatus =
  | Approved
  | NotDone
  | { readonly kind: "inProgress" | "neverSeen" | "unreachable" };

/** What one card brand came to since the terminal's day began. */
export interface BrandTotals {
  readonly brand: string;
  readonly paid: { readonly count: number; readonly amount: Money };
  readonly givenBack: { readonly count: number; readonly amount: Money };
}

export type EndOfDay =
  | { readonly kind: "totals"; readonly brands: readonly BrandTotals[] }
  | { readonly kind: "busy" | "refused" | "unreachable" };

/** `service`: the till's name for the request, at most ten characters and never used twice. */
export interface TerminalRequest {
  readonly service: string;
  readonly amount: Money;
}

/** Which request it is about, and what it had asked for. */
export interface StatusQuestion extends TerminalRequest {
  readonly act: TerminalAct;
}

/** A payment terminal as the till sees it. No call rejects; each ends in its own time. */
export interface PaymentTerminal {
  pay(request: TerminalRequest): Promise<TerminalOutcome>;
  /** `of`: the payment that it gives back; null where nobody knows it. */
  refund(request: TerminalRequest & { readonly of: TerminalReference | null }): Promise<TerminalOutcome>;
  /** Undoes a payment as a whole. */
  reverse(request: TerminalRequest & { readonly of: TerminalReference }): Promise<TerminalOutcome>;
  /** What became of a request: asked when its answer is missing. */
  status(question: StatusQuestion): Promise<TerminalStatus>;
  /** Asks the terminal to stop a request. Whether it did, the request's own outcome says. */
  abort(service: string): Promise<"sent" | "unreachable">;
  endOfDay(currency: Money["currency"]): Promise<EndOfDay>;
  /** Whether it answers at all. */
  test(): Promise<"ready" | "busy" | "unreachable">;
  /** Calls back with the answer to a request that was given up as unknown; answers what ends it. */
  watchLate(onAnswer: (service: string) => void): () => void;
  /** Gives the connection up; what is under way is unknown. */
  close(): Promise<void>;
}

/** Opens a driver for a terminal that was set up; the engine is handed one and knows no other way to a terminal. */
export type ConnectTerminal = (setup: TerminalSetup) => PaymentTerminal;
