import { z } from "zod";
import { MAX_AREA_LINES } from "#domain/stock/count-plan.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import { adjustmentReasonSchema } from "../documents/adjustment-reasons.ts";
import {
  businessDaySchema,
  idSchema,
  instantSchema,
  scannedSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import {
  adjustedPiecesSchema,
  adjustmentNoteSchema,
  adjustmentWhySchema,
  areaNameSchema,
} from "../sync/stock-facts.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

const figure = z.number().int();

/** A count that HQ asks this store for. */
export const countCardSchema = z.strictObject({
  id: idSchema<"Count">(),
  name: textSchema,
  scope: z.enum(["all", "category", "list"]),
  /** Empty where the scope is no category. */
  category: textSchema,
  /** How many articles a list names; null: not a list. */
  articles: figure.positive().nullable(),
  blind: z.boolean(),
  day: businessDaySchema,
  note: textSchema,
  by: textSchema,
  /** Areas that were told, by this till or others, the newest last. */
  areas: z.array(
    z.strictObject({
      area: textSchema,
      register: figure.positive(),
      staff: textSchema,
      at: instantSchema,
      articles: figure.nonnegative(),
      pieces: figure.nonnegative(),
    }),
  ),
});
export type CountCard = z.infer<typeof countCardSchema>;

export const countLineSchema = z.strictObject({
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  counted: figure.nonnegative(),
  /** What the till knows there to be in the whole store; null where the count is blind or nothing is known. */
  expected: figure.nullable(),
});
export type CountLine = z.infer<typeof countLineSchema>;

/** The area that is being counted at this till; it is on disk at every scan and waits where it is left. */
export const openAreaSchema = z.strictObject({
  count: idSchema<"Count">(),
  countName: textSchema,
  area: textSchema,
  /** It was told before and will be replaced. */
  again: z.boolean(),
  pieces: figure.nonnegative(),
  /** What was scanned last comes first. */
  lines: z.array(countLineSchema).max(MAX_AREA_LINES),
});
export type OpenArea = z.infer<typeof openAreaSchema>;

/** View `counts`. Empty while the till is locked. `reasons`: why stock may be adjusted here. */
export const countsViewSchema = z.strictObject({
  counts: z.array(countCardSchema),
  area: openAreaSchema.nullable(),
  reasons: z.array(adjustmentReasonSchema),
});
export type CountsView = z.infer<typeof countsViewSchema>;

/** `again`: whoever counts was told that the area was counted already, and counts it anew. */
export const beginAreaArgs = z.strictObject({
  count: idSchema<"Count">(),
  area: areaNameSchema,
  again: z.boolean(),
});
export const BEGIN_AREA_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchCount",
  "areaCounted",
  "areaOpen",
  "storage",
] as const;
export const countPieceArgs = z.strictObject({ code: scannedSchema });
export const countPieceAnswer = z.strictObject({
  variant: idSchema<"Variant">(),
  counted: figure.nonnegative(),
});
export const COUNT_PIECE_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noAreaOpen",
  "noSuchItem",
  "notInCount",
  "areaFull",
  "quantityOutOfRange",
  "storage",
] as const;
/** Null: the article was not in this area after all. */
export const setCountedArgs = z.strictObject({
  variant: idSchema<"Variant">(),
  counted: figure.min(0).max(MAX_COUNTED).nullable(),
});
export const finishCountArgs = z.strictObject({ count: idSchema<"Count">() });
export const AREA_REFUSALS = ["notSignedIn", "notPermitted", "noAreaOpen", "noSuchItem", "storage"] as const;
export const FINISH_COUNT_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchCount",
  "areaOpen",
  "storage",
] as const;

export const adjustStockArgs = z.strictObject({
  variant: idSchema<"Variant">(),
  quantity: adjustedPiecesSchema,
  why: adjustmentWhySchema,
  note: adjustmentNoteSchema,
  approval: approvalSchema.nullable(),
});
export const ADJUST_STOCK_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "noSuchItem",
  "noSuchReason",
  "wrongDirection",
] as const;
