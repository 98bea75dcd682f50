import type { CaseFact } from "../cases/facts.ts";
import type { CustomerFact } from "../customer/changes.ts";
import type { FiscalFact } from "../fiscal/facts.ts";
import type { DeviceId, EntryId, Instant, StaffId, StoreId, TicketId } from "../ids.ts";
import type { Invoice } from "../invoice/invoice.ts";
import type { OrderFact } from "../orders/facts.ts";
import type { CardFact } from "../payments/facts.ts";
import type { DayState } from "../shift/day-state.ts";
import type { ShiftFact, StaffFact } from "../shift/facts.ts";
import type { StockAdjusted } from "../stock/adjusting.ts";
import type { CountFact } from "../stock/count-plan.ts";
import type { DeliveryFact } from "../stock/delivery-facts.ts";
import type { StockCount } from "../stock/stock.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { GiftCardPaidOut } from "../value/pay-out.ts";

/** `prev` of the first entry of an epoch. */
export const GENESIS_HASH = "0".repeat(64);
/** A signature covers this text followed by the entry's hash, so it can never be taken for another protocol's. */
export const SIGNATURE_CONTEXT = "onetill.journal.v1:";

/** Where the journal of the epoch before this one ended, as far as this till knew. */
export interface PreviousEpoch {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
}

/** What happened. A closed union: a feature that needs a new fact adds a member here. */
export type Fact =
  /** First entry of every epoch. `nextReceipt` is the counter of the next receipt number (1 on a new till). */
  | {
      readonly type: "epoch.begun";
      readonly register: number;
      readonly nextReceipt: number;
      readonly previous: PreviousEpoch | null;
      /** Where another machine had the register before: its drawers and its day, as the server knew them. */
      readonly day?: DayState;
    }
  | { readonly type: "staff.signedIn" }
  | { readonly type: "staff.signedOut" }
  | { readonly type: "ticket.completed"; readonly ticket: Ticket }
  | { readonly type: "receipt.reprinted"; readonly ticket: TicketId }
  /** A receipt (or invoice) went to the customer; where to is told to the server alone and never stands here. */
  | { readonly type: "receipt.sent"; readonly ticket: TicketId; readonly by: "email" }
  /** A company's invoice over a sale. The law wants the company's name and address kept with it. */
  | ({ readonly type: "invoice.issued" } & Invoice)
  | ({ readonly type: "stock.counted" } & StockCount)
  | CountFact
  | StockAdjusted
  | OrderFact
  | CaseFact
  | DeliveryFact
  | CustomerFact
  | ShiftFact
  | StaffFact
  | FiscalFact
  | CardFact
  | GiftCardPaidOut;

export type FactType = Fact["type"];

/** An entry before it is hashed and signed. */
export interface EntryContent {
  readonly id: EntryId;
  readonly device: DeviceId;
  readonly epoch: number;
  /** 1, 2, 3 ... without a gap within one epoch. */
  readonly seq: number;
  readonly store: StoreId;
  readonly staff: StaffId | null;
  /** By the till's own clock. */
  readonly at: Instant;
  readonly fact: Fact;
  /** Hash of the entry before, `GENESIS_HASH` for seq 1. */
  readonly prev: string;
}

/** One business act, written once. `hash` is hex SHA-256 of the canonical JSON of its content; `signature` base64url Ed25519. */
export interface JournalEntry extends EntryContent {
  readonly hash: string;
  readonly signature: string;
}

/** Hashing and signing are I/O to the domain: the programs pass in their platform's. */
export type Sha256Hex = (text: string) => string;
export type Signer = (text: string) => string;
export type SignatureVerifier = (text: string, signature: string) => boolean;
