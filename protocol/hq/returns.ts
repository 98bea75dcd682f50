import { z } from "zod";
import { DISPOSITIONS, GOODS_CONDITIONS, RETURN_REASONS } from "#domain/returns/goods.ts";
import { MAIL_RETURN_STATES } from "#domain/returns/mail-return.ts";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { purchaseSchema } from "../documents/purchase.ts";
import { businessDaySchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { positionSchema } from "../sync/ticket.ts";
import { ticketRowSchema } from "./console.ts";

const REFUND_WAYS_BY_MAIL = ["shop", "credit", "payout"] as const;
const MAX_LINES = 500;
const who = z.string().trim().min(1).max(120);

/** `GET /hq/v1/returns?kind&state&store&search&offset&limit`: those at tills and those by mail, newest first. */
export const returnsQuerySchema = z.strictObject({
  kind: z.enum(["till", "mail"]).optional(),
  state: z.enum(MAIL_RETURN_STATES).optional(),
  store: z.string().max(8).optional(),
  /** A part of the receipt's number, the shop's id of a return, or a SKU. */
  search: z.string().max(120).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const returnRowSchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  /** The store that took the goods in; empty where none did. */
  store: z.string(),
  pieces: z.number().int(),
  /** What was given back; null before it was. */
  amount: moneySchema.nullable(),
  /** At a till: the ticket that says so; by mail: how it stands. */
  of: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("till"), staff: textSchema, ticket: ticketRowSchema }),
    z.strictObject({
      kind: z.literal("mail"),
      state: z.enum(MAIL_RETURN_STATES),
      channel: z.string(),
      externalId: z.string(),
      /** The number of what was bought. */
      number: z.string(),
      isComplete: z.boolean(),
    }),
  ]),
});
export const returnsAnswerSchema = z.strictObject({
  returns: z.array(returnRowSchema),
  total: z.number().int(),
});
export type ReturnRow = z.infer<typeof returnRowSchema>;

/** `GET /hq/v1/returns/{id}` of a return by mail, and the answer to what is done to it. */
export const mailReturnDetailSchema = z.strictObject({
  id: z.string(),
  channel: z.string(),
  externalId: z.string(),
  state: z.enum(MAIL_RETURN_STATES),
  purchase: purchaseSchema,
  announcedAt: instantSchema,
  arriveBy: businessDaySchema,
  note: textSchema,
  lines: z.array(
    z.strictObject({
      position: positionSchema,
      sku: skuSchema,
      name: textSchema,
      pieces: z.number().int(),
      arrived: z.number().int(),
      reason: z.enum(RETURN_REASONS),
    }),
  ),
  arrivals: z.array(
    z.strictObject({
      at: instantSchema,
      by: textSchema,
      /** Empty where none of it went to a store's stock. */
      store: z.string(),
      note: textSchema,
      lines: z.array(
        z.strictObject({
          position: positionSchema,
          pieces: z.number().int(),
          condition: z.enum(GOODS_CONDITIONS),
          disposition: z.enum(DISPOSITIONS),
        }),
      ),
    }),
  ),
  /** What is to be given back for what came, as it stands now; null where it is not to be decided. */
  due: z
    .strictObject({
      amount: moneySchema,
      /** Pieces that count; fewer than came where some came back elsewhere meanwhile. */
      pieces: z.number().int(),
      ways: z.array(z.strictObject({ way: z.enum(REFUND_WAYS_BY_MAIL), most: moneySchema })),
    })
    .nullable(),
  refund: z
    .strictObject({
      at: instantSchema,
      by: textSchema,
      amount: moneySchema,
      parts: z.array(
        z.strictObject({
          way: z.enum(REFUND_WAYS_BY_MAIL),
          amount: moneySchema,
          /** Of store credit. */
          code: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  rejection: z.strictObject({ at: instantSchema, by: textSchema, reason: textSchema }).nullable(),
});
export type MailReturnDetail = z.infer<typeof mailReturnDetailSchema>;

/** `POST /hq/v1/returns/{id}/receive`: what really came; again for each parcel. */
export const receiveReturnRequestSchema = z.strictObject({
  by: who,
  /** Whose stock it is; null where none of it goes back to stock. */
  store: z.string().max(8).nullable(),
  note: textSchema.default(""),
  lines: z
    .array(
      z.strictObject({
        position: positionSchema,
        pieces: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
        condition: z.enum(GOODS_CONDITIONS),
        disposition: z.enum(DISPOSITIONS),
      }),
    )
    .min(1)
    .max(MAX_LINES),
});
export type ReceiveReturn = z.output<typeof receiveReturnRequestSchema>;

/** `POST /hq/v1/returns/{id}/refund`: as much as may go that way, the rest by the other ways that the policy offers. */
export const refundReturnRequestSchema = z.strictObject({ by: who, way: z.enum(REFUND_WAYS_BY_MAIL) });

/** `POST /hq/v1/returns/{id}/reject`: what came is sent back to the customer. */
export const rejectReturnRequestSchema = z.strictObject({
  by: who,
  reason: z.string().trim().min(1).max(500),
});

/** `GET /hq/v1/purchases?search`: what was bought under a number, an approval code or a customer card, and what came back of it, newest first. */
export const purchasesQuerySchema = z.strictObject({ search: z.string().trim().min(1).max(200) });
export const foundPurchaseSchema = z.strictObject({
  purchase: purchaseSchema,
  /** Empty where it was sold in no store. */
  store: z.string(),
  /** More came back than was bought or paid. */
  isRefundedTwice: z.boolean(),
  acts: z.array(
    z.strictObject({
      id: z.string(),
      at: instantSchema,
      by: z.enum(["till", "mail"]),
      /** The receipt's number, or the shop's id of a return by mail; empty where it is not known here. */
      number: z.string(),
      store: z.string(),
      register: z.number().int().nullable(),
      staff: textSchema,
      lines: z.array(
        z.strictObject({ position: positionSchema, pieces: z.number().int(), total: moneySchema }),
      ),
      amount: moneySchema,
    }),
  ),
});
export type FoundPurchase = z.infer<typeof foundPurchaseSchema>;
export const purchasesAnswerSchema = z.strictObject({ purchases: z.array(foundPurchaseSchema) });
