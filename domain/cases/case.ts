import type {
  CaseId,
  CustomerId,
  DeviceId,
  ImageHash,
  Instant,
  Sku,
  StaffId,
  StoreId,
  VariantId,
} from "../ids.ts";
import type { PurchaseRef } from "../returns/purchase.ts";
import type { CaseKind, CaseOutcome, CaseStatus } from "./status.ts";

/** Acts on one case beyond these are refused before they happen; what happened all the same is kept. */
export const MAX_ACTS_PER_CASE = 500;
/** Photos that one act may bring: an entry of a journal has to fit into one push. */
export const MAX_PHOTOS_PER_ACT = 4;
/** Of one photo, as it was taken and shrunk. */
export const MAX_PHOTO_BYTES = 250_000;
export const MAX_CASE_TEXT_CHARS = 2_000;

/** Who came with it, where the chain has no profile of them. Never set beside a customer: a profile can be erased, a journal cannot. */
export interface CaseContact {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

/** What the case is about. `variant` is null where this catalogue does not know the article. */
export interface CaseProduct {
  readonly variant: VariantId | null;
  readonly sku: Sku | null;
  readonly name: string;
  readonly options: readonly string[];
}

/** What it was bought with, and its number as people read it. */
export interface CasePurchase {
  readonly ref: PurchaseRef;
  readonly number: string;
}

/** A case as it was taken in. */
export interface CaseOpening {
  readonly id: CaseId;
  /** As people read it: see `number.ts`. */
  readonly number: string;
  readonly kind: CaseKind;
  /** The store that took it in, or that HQ gave it to. */
  readonly store: StoreId;
  readonly customer: CustomerId | null;
  readonly contact: CaseContact | null;
  readonly product: CaseProduct;
  readonly serial: string;
  readonly purchase: CasePurchase | null;
  /** What is wrong, as the customer says. */
  readonly fault: string;
  /** The state in which it was handed in. */
  readonly condition: string;
  /** What was left with it. */
  readonly accessories: string;
  /** Until when the customer was promised to hear of it. */
  readonly deadline: Instant;
  readonly photos: readonly ImageHash[];
}

/** Where a case goes, and where whoever moved it believed it to be. */
export interface CaseMove {
  readonly from: CaseStatus;
  readonly to: CaseStatus;
  /** Set where `to` is `closed`, null elsewhere. */
  readonly outcome: CaseOutcome | null;
}

/** One thing done to a case: any of these together, each null or empty where it was not done. */
export interface CaseAct {
  readonly move: CaseMove | null;
  readonly note: string;
  readonly photos: readonly ImageHash[];
  readonly deadline: Instant | null;
  /** The store that takes it over. */
  readonly store: StoreId | null;
}

/** Who did something to a case. */
export type CaseActor =
  | { readonly kind: "staff"; readonly staff: StaffId | null; readonly device: DeviceId }
  | { readonly kind: "hq"; readonly who: string };

/** An act and who did it when. `id` is the journal entry's, so that it counts once wherever it is seen. */
export interface DatedCaseAct {
  readonly id: string;
  readonly at: Instant;
  readonly by: CaseActor;
  readonly act: CaseAct;
}

/** One line of a case's history. `fits` is false where the act contradicted what it met: it happened all the same. */
export interface CaseTrace extends DatedCaseAct {
  readonly fits: boolean;
  /** Where the case stood after it. */
  readonly status: CaseStatus;
}

/** A case as it stands: how it was taken in, and what its history makes of it. `deadline` and `store` are the newest ones; `photos` are those of the opening. */
export interface Case extends CaseOpening {
  readonly openedAt: Instant;
  readonly openedBy: CaseActor;
  readonly status: CaseStatus;
  readonly outcome: CaseOutcome | null;
  readonly closedAt: Instant | null;
  /** The deadline and the store that it began with. */
  readonly openedWith: { readonly deadline: Instant; readonly store: StoreId };
  /** In the order in which things happened, whatever the order in which they were heard. */
  readonly history: readonly CaseTrace[];
}
