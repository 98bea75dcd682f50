import type { Case, CaseContact, CaseProduct } from "#domain/cases/case.ts";
import type { CasePhoto } from "#domain/cases/facts.ts";
import type { CaseKind, CaseOutcome, CaseStatus } from "#domain/cases/status.ts";
import type { CaseId, CustomerId, Instant, StoreId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Result } from "#domain/result.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

/** A photo that has no name yet. */
export type NewPhoto = Omit<CasePhoto, "hash">;

/** A case as HQ takes it in. */
export interface HqOpening {
  readonly kind: CaseKind;
  readonly store: StoreId;
  readonly customer: CustomerId | null;
  readonly contact: CaseContact | null;
  readonly product: CaseProduct;
  readonly serial: string;
  /** Empty: it is not known what it was bought with. */
  readonly purchaseNumber: string;
  readonly fault: string;
  readonly condition: string;
  readonly accessories: string;
  /** Null: by the store's policy. */
  readonly deadline: Instant | null;
  readonly photos: readonly NewPhoto[];
  readonly by: string;
}

/** What HQ does to a case: any of these together, as one act. */
export interface HqAct {
  readonly id: CaseId;
  readonly to: CaseStatus | null;
  readonly outcome: CaseOutcome | null;
  readonly note: string;
  readonly deadline: Instant | null;
  readonly store: StoreId | null;
  readonly photos: readonly NewPhoto[];
  readonly by: string;
}

/** Why HQ's act was not done; nothing was changed then. */
export type CaseActRefusal = "noSuchCase" | "notNow" | "outcomeMissing" | "nothingNoted" | "tooManyActs";

/** Everything the server does with complaints, warranty and repair. Each act is one transaction with the feed rows, exceptions and events it brings about. */
export interface CaseDesk {
  /** Books what a till's entry says of cases, within the transaction that takes the entry in. An entry counts once by its id, in whatever order they come. */
  book(
    publication: Publication,
    device: DeviceRecord,
    act: { readonly entry: JournalEntry; readonly actedAt: Instant },
  ): Promise<void>;
  open(opening: HqOpening): Promise<Result<Case, "noSuchStore" | "noSuchPurchase">>;
  act(act: HqAct): Promise<Result<Case, CaseActRefusal>>;
  /** What a receipt or an order of this number sold; null where there is none. */
  purchase(number: string): Promise<CasePurchaseFound>;
  /** What time brings about: overdue, and off the tills at last. Safe to call at any time, any number of times. */
  tick(): Promise<void>;
}
