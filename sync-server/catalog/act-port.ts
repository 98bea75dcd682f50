import type { Instant, ProductId, StoreId, VariantId } from "#domain/ids.ts";
import type { ProductLogEntry } from "#domain/product/catalogue-product.ts";
import type { ValueChange } from "#domain/product/value-change.ts";
import type { BulkEditRequest } from "#protocol/hq/catalogue.ts";
import type { ActUndo } from "./undo-act.ts";

/** A change of many products, as it is kept. */
export interface BulkEditRecord {
  readonly id: string;
  readonly at: Instant;
  readonly by: ProductLogEntry["by"];
  readonly change: BulkEditRequest["change"];
  readonly dryRun: boolean;
  readonly state: "running" | "done" | "stopped" | "failed";
  readonly total: number;
  readonly looked: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly belowCost: number;
  readonly examples: readonly BulkExample[];
  readonly trouble: string;
  /** Null: nobody asked for it to be taken back. */
  readonly undo: ActUndo | null;
  /** When a server last wrote of it; null or left out: none works on it. */
  readonly workedAt?: Instant | null;
}

export interface BulkExample {
  readonly sku: string;
  readonly name: string;
  readonly field: "title" | "brand" | "category" | "taxClass" | "status" | "tags" | "price";
  readonly before: string;
  readonly after: string;
}

/** What was set as part of one act beside the products, and changes of many products. */
export interface ActReads {
  /** The newest first, below `before` where given. */
  valueChangesOf(ask: {
    readonly cause: string;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly { readonly cursor: number; readonly change: ValueChange }[]>;
  /** Whether a variant came to its product as part of this act. */
  cameWith(ask: {
    readonly cause: string;
    readonly product: ProductId;
    readonly variant: VariantId;
  }): Promise<boolean>;
  /** Whether pieces moved after the movement of this cause, or at the same moment. */
  movedSince(ask: {
    readonly store: StoreId;
    readonly variant: VariantId;
    readonly cause: string;
  }): Promise<boolean>;
  bulkEdit(id: string): Promise<BulkEditRecord | null>;
  /** The newest first. */
  bulkEdits(limit: number): Promise<readonly BulkEditRecord[]>;
  /** Those that go on, or are being taken back; the oldest first. */
  unfinishedBulkEdits(): Promise<readonly BulkEditRecord[]>;
  /** The products of a change, in their order, from a place on. */
  bulkEditProducts(ask: {
    readonly id: string;
    readonly from: number;
    readonly limit: number;
  }): Promise<readonly ProductId[]>;
}

export interface ActWrites {
  noteValueChange(cause: string, change: ValueChange): Promise<void>;
  putBulkEdit(edit: BulkEditRecord): Promise<void>;
  putBulkEditProducts(id: string, products: readonly ProductId[]): Promise<void>;
  /** Forgets all that do not go on but the newest so many, with what they set. */
  keepNewestBulkEdits(count: number): Promise<void>;
}
