import { z } from "zod";
import type { ReceiptDesign } from "#domain/receipt/design.ts";
import { RECEIPT_LANGUAGES } from "#domain/receipt/language.ts";
import { MAX_LOGO_BYTES, MAX_LOGO_EDGE, pngSize } from "#domain/receipt/logo.ts";
import { textSchema } from "../scalars.ts";

/** A logo's letters in base64 at most: four for every three bytes. */
export const MAX_LOGO_BASE64 = Math.ceil(MAX_LOGO_BYTES / 3) * 4;
const MAX_LINES = 20;

const lines = z.array(textSchema).max(MAX_LINES, `at most ${MAX_LINES} lines`);

const textsSchema = z.strictObject({ header: lines, legal: lines, footer: lines });

const logoSchema = z
  .string()
  .max(MAX_LOGO_BASE64, `a logo is at most ${MAX_LOGO_BYTES / 1_024} KiB`)
  .refine(
    (text) => isLogo(text),
    `a logo is a PNG in base64, at most ${MAX_LOGO_EDGE} by ${MAX_LOGO_EDGE} dots and ${MAX_LOGO_BYTES / 1_024} KiB`,
  );

/** How a store's receipts look. Tills take the logo as it is; that it is one is checked where HQ puts it. */
export const receiptDesignSchema: z.ZodType<ReceiptDesign> = z.strictObject({
  logo: logoSchema.nullable(),
  languages: z
    .array(z.enum(RECEIPT_LANGUAGES))
    .refine(
      (languages) => new Set(languages).size === languages.length,
      "each language counts once: one is there twice",
    ),
  texts: z.partialRecord(z.enum(RECEIPT_LANGUAGES), textsSchema),
});

function isLogo(text: string): boolean {
  const parsed = z.base64().safeParse(text);
  return parsed.success && pngSize(z.util.base64ToUint8Array(text)) !== null;
}
