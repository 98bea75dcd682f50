import type { DrawDocument } from "./port.ts";

/** What draws is read when the first document is asked for: a till that starts has no need of it. */
export const drawDocument: DrawDocument = async ({ title, rows, madeAt }) => {
  const { receiptPdf } = await import("#paper/receipt-pdf.ts");
  return receiptPdf({ title, rows, madeAt, paper: "a4" });
};
