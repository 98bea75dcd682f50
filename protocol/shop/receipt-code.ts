import { z } from "zod";
import { idSchema } from "../scalars.ts";

/** `POST /shop/v1/receipt-code`: for an order by our id (`order`), or by its channel and the shop's own id. */
export const receiptCodeRequestSchema = z
  .strictObject({
    order: idSchema<"Order">().optional(),
    channel: idSchema<"Channel">().optional(),
    externalId: z.string().min(1).max(120).optional(),
    /** Whether the picture of the QR code is wanted too. */
    svg: z.boolean().default(false),
  })
  .refine(
    ({ order, channel, externalId }) =>
      order === undefined
        ? channel !== undefined && externalId !== undefined
        : channel === undefined && externalId === undefined,
    { error: "Name the order by `order`, or by `channel` and `externalId`." },
  );
export type ReceiptCodeRequest = z.output<typeof receiptCodeRequestSchema>;

export const receiptCodeAnswerSchema = z.strictObject({
  /** What the QR code holds: digits only. */
  code: z.string().regex(/^\d+$/),
  /** The QR code as a picture (SVG, with its quiet zone); null where it was not asked for. */
  svg: z.string().nullable(),
});
export type ReceiptCodeAnswer = z.infer<typeof receiptCodeAnswerSchema>;
