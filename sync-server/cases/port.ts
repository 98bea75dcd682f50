import type { StoreAsk } from "#domain/access/roles.ts";
import type { Case, DatedCaseAct } from "#domain/cases/case.ts";
import type { CaseKind } from "#domain/cases/status.ts";
import type { CaseId, CustomerId, Instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { CaseFilter } from "#protocol/hq/cases.ts";

export interface CaseReads {
  case(id: CaseId): Promise<Case | null>;
  caseNumbered(number: string): Promise<Case | null>;
  /** Open ones by deadline, others newest first. `search` finds number, product, serial, purchase, contact, and the customer's name. */
  cases(ask: {
    readonly filter: CaseFilter;
    readonly kind: CaseKind | null;
    readonly store: StoreAsk;
    readonly customer: CustomerId | null;
    readonly search: string;
    readonly at: Instant;
    readonly offset: number;
    readonly limit: number;
  }): Promise<{ readonly cases: readonly Case[]; readonly total: number }>;
  /** All that was ever done to a case, whether or not it is known. */
  caseActs(of: CaseId): Promise<readonly DatedCaseAct[]>;
  /** Cases past their deadline of which nobody was told yet. */
  casesOverdue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly Case[]>;
  /** Cases that were closed before then and that tills still hold. */
  casesToForget(ask: { readonly closedBefore: Instant; readonly limit: number }): Promise<readonly Case[]>;
  /** How many HQ has opened. */
  hqCases(): Promise<number>;
  /** What a receipt or an order of this number sold, as people write it. */
  ticketNumbered(number: string): Promise<Ticket | null>;
  orderNumbered(number: string): Promise<Order | null>;
}

export interface CaseWrites {
  putCase(of: Case): Promise<void>;
  /** Notes an act; false when it was noted before. */
  noteCaseAct(of: CaseId, act: DatedCaseAct): Promise<boolean>;
  /** Its being overdue was told. Forgotten once it is not awaited any more, or its deadline or store is another. */
  noteCaseOverdue(of: CaseId): Promise<void>;
  /** Tills hold it no longer. */
  noteCaseForgotten(of: CaseId): Promise<void>;
}
