import { z } from "zod";
import { MAIL_REFUSALS } from "#domain/returns/announce.ts";
import { RETURN_REASONS } from "#domain/returns/goods.ts";
import { MAIL_RETURN_STATES } from "#domain/returns/mail-return.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import {
  businessDaySchema,
  idSchema,
  instantSchema,
  moneySchema,
  scannedSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import { positionSchema } from "../sync/ticket.ts";

const MAX_LINES_PER_RETURN = 200;

const wantedLineSchema = z
  .strictObject({
    /** The line's place in the order's or receipt's own list of lines, from 0. */
    position: positionSchema.optional(),
    /** Instead: the article, on whatever lines it was bought. */
    sku: skuSchema.optional(),
    quantity: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
    reason: z.enum(RETURN_REASONS).default("other"),
  })
  .refine(({ position, sku }) => (position === undefined) !== (sku === undefined), {
    error: "Name the line by `position`, or the article by `sku`.",
  });

/** `POST /shop/v1/returns`: idempotent by `channel` and `id`. */
export const announceReturnRequestSchema = z.strictObject({
  /** The shop that announces it. */
  channel: idSchema<"Channel">(),
  /** The shop's own id of the return. */
  id: z.string().min(1).max(120),
  purchase: z.union([
    z.strictObject({ receipt: z.string().trim().min(1).max(100) }),
    /** What the QR code of a receipt holds: digits. */
    z.strictObject({ code: scannedSchema }),
    z.strictObject({ order: idSchema<"Order">() }),
    z.strictObject({ channel: idSchema<"Channel">(), externalId: z.string().min(1).max(120) }),
  ]),
  lines: z.array(wantedLineSchema).min(1).max(MAX_LINES_PER_RETURN),
  note: textSchema.default(""),
});
export type AnnounceReturnRequest = z.output<typeof announceReturnRequestSchema>;

/** `GET /shop/v1/returns/{id}` */
export const shopReturnSchema = z.strictObject({
  id: z.string(),
  channel: z.string(),
  externalId: z.string(),
  state: z.enum(MAIL_RETURN_STATES),
  /** The receipt's or the order's number. */
  number: z.string(),
  announcedAt: instantSchema,
  /** The last day on which the goods may arrive. */
  arriveBy: businessDaySchema,
  lines: z.array(
    z.strictObject({
      position: positionSchema,
      sku: skuSchema,
      name: textSchema,
      /** Pieces that were announced, and those that came. */
      quantity: z.number().int(),
      arrived: z.number().int(),
      reason: z.enum(RETURN_REASONS),
    }),
  ),
  /** What was given back; null before it was. */
  refund: z
    .strictObject({
      at: instantSchema,
      amount: moneySchema,
      /** `shop`: your shop gives it back, to how the order was paid; `credit`: store credit by that code; `payout`: headquarters pays it out. */
      parts: z.array(
        z.strictObject({
          way: z.enum(["shop", "credit", "payout"]),
          amount: moneySchema,
          code: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** Why it was rejected; null where it was not. */
  rejection: textSchema.nullable(),
});
export type ShopReturn = z.infer<typeof shopReturnSchema>;

/** What is taken of an announced return, and what is not and why. */
export const announceReturnAnswerSchema = z.strictObject({
  /** Null: nothing of it was taken, and nothing is kept of it. */
  return: shopReturnSchema.nullable(),
  refused: z.array(
    z.strictObject({
      position: positionSchema.nullable(),
      sku: skuSchema.nullable(),
      quantity: z.number().int(),
      why: z.enum(MAIL_REFUSALS),
      /** Pieces of it that can be sent back. */
      left: z.number().int(),
      /** The last day of its window, where that is over. */
      day: businessDaySchema.nullable(),
    }),
  ),
});
export type AnnounceReturnAnswer = z.infer<typeof announceReturnAnswerSchema>;
