import type { ReceiptRow } from "#domain/receipt/row.ts";

/** Something to hand on as a file. */
export interface PaperJob {
  readonly title: string;
  readonly rows: readonly ReceiptRow[];
  /** Milliseconds since 1970; stands in the file. */
  readonly madeAt: number;
}

/** Draws an A4 document as a PDF, without any network. Throws where it cannot be drawn. */
export type DrawDocument = (job: PaperJob) => Promise<Uint8Array>;
