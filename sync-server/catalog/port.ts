import type { ImageHash, Instant, ProductId, VariantId } from "#domain/ids.ts";
import type { Attribute, ProductDetails, ProductLogEntry } from "#domain/product/catalogue-product.ts";
import type { RemovedProduct } from "#domain/product/removed-product.ts";
import type { ImportReport } from "#protocol/hq/import.ts";
import type { ActUndo } from "./undo-act.ts";

export interface ProductReads extends ImportReads {
  /** Null where nothing was ever said of it. */
  productDetails(id: ProductId): Promise<ProductDetails | null>;
  /** Another text after each change of the product, whoever made it; null where there is none. */
  productVersion(id: ProductId): Promise<string | null>;
  /** The newest first, below `before` where given. */
  productLog(ask: {
    readonly product: ProductId;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly ProductLogEntry[]>;
  productLogEntry(cursor: number): Promise<ProductLogEntry | null>;
  /** What was changed as part of one act, the newest first, below `before` where given. */
  productLogOfCause(ask: {
    readonly cause: string;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly ProductLogEntry[]>;
  /** What the retailer says of products, in its own order. */
  productAttributes(): Promise<readonly Attribute[]>;
  /** Whether any of them moved otherwise than by an import, or is promised to an order. */
  wasEverSold(variants: readonly VariantId[]): Promise<boolean>;
  hasPicture(hash: ImageHash): Promise<boolean>;
  /** What is kept of a product that was deleted last so; null: nothing. */
  removedProduct(id: ProductId): Promise<RemovedProduct | null>;
  /** What can still come back, deleted last first. */
  removedProducts(limit: number): Promise<readonly RemovedProduct[]>;
  /** Those that were deleted before a moment, at most `limit`. */
  removedBefore(ask: { readonly before: Instant; readonly limit: number }): Promise<readonly ProductId[]>;
  /** Brands that products have, in their order; the first `limit`. */
  brands(limit: number): Promise<readonly string[]>;
}

/** An import that goes on by itself, as it is kept. */
export interface ImportRecord {
  readonly id: string;
  readonly at: Instant;
  readonly by: ProductLogEntry["by"];
  readonly fileName: string;
  readonly dryRun: boolean;
  readonly state: "running" | "done" | "refused" | "failed";
  readonly report: ImportReport | null;
  /** Null: nobody asked for it to be taken back. */
  readonly undo: ActUndo | null;
  /** The server that works on it, or on taking it back, and how far it is; it says so again and again, and counts as ended once that has lapsed. */
  readonly work?: {
    readonly server: string;
    readonly until: Instant;
    readonly done: number;
    readonly total: number;
  } | null;
}

export interface ImportReads {
  importJob(id: string): Promise<ImportRecord | null>;
  /** The newest first. */
  importJobs(limit: number): Promise<readonly ImportRecord[]>;
  /** In the order in which they were found, after a place; each as it was written. */
  importFindings(ask: {
    readonly job: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly { readonly place: number; readonly finding: unknown }[]>;
}

export interface ImportWrites {
  putImportJob(job: ImportRecord): Promise<void>;
  addImportFindings(job: string, findings: readonly unknown[]): Promise<void>;
  /** Forgets the findings of a job. */
  dropImportFindings(job: string): Promise<void>;
  /** Forgets all but the newest so many jobs, with what they found. */
  keepNewestImportJobs(count: number): Promise<void>;
}

export interface ProductWrites extends ImportWrites {
  putProductDetails(id: ProductId, details: ProductDetails): Promise<void>;
  logProduct(entry: Omit<ProductLogEntry, "cursor">): Promise<number>;
  putProductAttributes(attributes: readonly Attribute[]): Promise<void>;
  /** Takes a product out of the catalogue with what is said of it; its history stays. */
  removeProduct(id: ProductId): Promise<void>;
  /** Instead of what was kept of it before. */
  keepRemovedProduct(removed: RemovedProduct): Promise<void>;
  dropRemovedProduct(id: ProductId): Promise<void>;
  /** A picture that came in, and is on no product yet. */
  notePicture(hash: ImageHash, at: Instant): Promise<void>;
  /** Which pictures a product shows from now on. */
  putPictureUses(use: {
    readonly product: ProductId;
    readonly hashes: readonly ImageHash[];
    readonly at: Instant;
  }): Promise<void>;
  /** Removes pictures of the catalogue that no product has shown since before a moment, at most `limit` of them. */
  dropUnusedPictures(drop: { readonly before: Instant; readonly limit: number }): Promise<number>;
}
