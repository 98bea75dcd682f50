import { z } from "zod";
import type { Case } from "#domain/cases/case.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { DUPLICATE_REASONS } from "#domain/customer/duplicates.ts";
import { CUSTOMER_SCOPES } from "#domain/customer/scope.ts";
import type { Instant } from "#domain/ids.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { Money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { customerSchema, profileChangesSchema } from "../documents/customer.ts";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

/** `GET /hq/v1/customers?search&offset&limit`: by name, telephone number, e-mail address or card number; in the order of their names. */
export const customersQuerySchema = z.strictObject({
  search: z.string().max(200).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const customersAnswerSchema = z.strictObject({
  customers: z.array(customerSchema),
  /** Everybody; null for a search: to count whom it finds takes reading everybody. */
  total: z.number().int().nullable(),
  hasMore: z.boolean(),
});

const retentionSchema = z.strictObject({
  /** Without a purchase, an order or an edit; null: for as long as nobody asks otherwise. */
  months: z.number().int().min(1).max(600).nullable(),
  act: z.enum(["propose", "erase"]),
});

/** `GET` and `PUT /hq/v1/customer-rules`: which profiles the tills of each store hold, and for how long profiles are kept at all. */
export const customerRulesSchema = z.strictObject({
  scope: z.enum(CUSTOMER_SCOPES),
  stores: z
    .array(
      z.strictObject({
        store: idSchema<"Store">(),
        scope: z.enum(CUSTOMER_SCOPES).nullable(),
        region: z.string().trim().min(1).max(60).nullable(),
      }),
    )
    .max(10_000)
    .refine((all) => new Set(all.map(({ store }) => store)).size === all.length, "a store is there twice"),
  retention: retentionSchema,
});
export type CustomerRulesDocument = z.infer<typeof customerRulesSchema>;

/** Everything a profile is found to have been: who said what of it, where and when. */
const editSchema = z.strictObject({
  id: z.string(),
  customer: idSchema<"Customer">(),
  kind: z.enum(["registered", "edited"]),
  at: instantSchema,
  source: z.string(),
  by: z.string(),
  changes: profileChangesSchema,
  /** What stood there; null where nothing did. */
  before: z.record(z.string(), z.unknown()),
});

const mergeSchema = z.strictObject({
  id: z.string(),
  at: instantSchema,
  /** Empty where the server did it by itself, for both had one e-mail address. */
  by: z.string(),
  survivor: customerSchema,
  former: customerSchema,
  undone: z.strictObject({ at: instantSchema, by: z.string() }).nullable(),
});

/** `GET /hq/v1/customers/{id}`: a person whole, save the history, which has an address of its own. */
export const customerViewSchema = z.strictObject({
  customer: customerSchema,
  edits: z.array(editSchema),
  merges: z.array(mergeSchema),
  stores: z.array(z.strictObject({ store: idSchema<"Store">(), name: textSchema })),
  /** Given out to them for goods that came back, and not spent. */
  credits: z.array(
    z.strictObject({ id: idSchema<"Credit">(), balance: moneySchema, issuedAt: instantSchema.nullable() }),
  ),
  /** Left when they are erased, and lost with the profile; below zero where more came back than there were. */
  points: z.number().int(),
  /** Every group that HQ has: what it may put somebody into. */
  knownGroups: z.array(z.strictObject({ id: idSchema<"CustomerGroup">(), name: textSchema })),
  /** Numbers of orders and cases that are not done: as long as there are any, nobody is erased. */
  unfinished: z.array(z.string()),
  /** Profiles that may be the same person. */
  duplicates: z.array(
    z.strictObject({
      customer: customerSchema,
      score: z.number().int(),
      reasons: z.array(z.enum(DUPLICATE_REASONS)),
    }),
  ),
});
export type CustomerView = z.infer<typeof customerViewSchema>;

/** `POST /hq/v1/customers` and `PUT /hq/v1/customers/{id}`: only the fields that change; null takes away. */
export const changeCustomerSchema = z.strictObject({ changes: profileChangesSchema });
export const customerAnswerSchema = z.strictObject({ customer: customerSchema });

/** `GET /hq/v1/customer-duplicates`: the surest first. `POST …/search` compares everybody anew, and answers how many pairs there are. */
export const duplicatesAnswerSchema = z.strictObject({
  duplicates: z.array(
    z.strictObject({
      one: customerSchema,
      other: customerSchema,
      score: z.number().int(),
      reasons: z.array(z.enum(DUPLICATE_REASONS)),
    }),
  ),
});
export type DuplicatesAnswer = z.infer<typeof duplicatesAnswerSchema>;
export const foundDuplicatesSchema = z.strictObject({ pairs: z.number().int().nonnegative() });

/** `POST /hq/v1/customer-duplicates/dismiss`: they are two people. */
export const pairSchema = z.strictObject({ one: idSchema<"Customer">(), other: idSchema<"Customer">() });

export const dismissedSchema = z.strictObject({ dismissed: z.boolean() });

/** `POST /hq/v1/customers/{id}/merge`: the other becomes part of this one. */
export const mergeCustomerSchema = z.strictObject({ former: idSchema<"Customer">() });

/** `POST /hq/v1/customer-merges/{id}/undo` */
export const undoneMergeSchema = z.strictObject({ survivor: customerSchema, former: customerSchema });

/** `POST /hq/v1/customers/{id}/erase`: the name typed once more, so that nobody is erased by mistake. */
export const eraseCustomerSchema = z.strictObject({ name: textSchema });
export const erasedCustomerSchema = z.strictObject({ erased: idSchema<"Customer">() });

/** `GET /hq/v1/customers/inactive`: whom the rules would not keep any longer. */
export const inactiveCustomersSchema = z.strictObject({ customers: z.array(customerSchema) });

export const exportQuerySchema = z.object({ format: z.enum(["json", "html"]).default("json") });

interface ExportedValue {
  readonly id: string;
  readonly balance: Money;
  readonly issuedAt: Instant | null;
}

/** `GET /hq/v1/customers/{id}/export`: everything of a person, as it is kept. `format=html` answers a page instead. */
export interface CustomerExport {
  readonly madeAt: Instant;
  readonly profile: Customer;
  readonly edits: readonly object[];
  readonly merges: readonly object[];
  readonly stores: readonly string[];
  readonly tickets: readonly Ticket[];
  readonly invoices: readonly object[];
  readonly orders: readonly Order[];
  readonly cases: readonly Case[];
  readonly credits: readonly ExportedValue[];
  /** Bought or loaded, for themselves or to give away. */
  readonly giftCards: readonly ExportedValue[];
  readonly points: readonly PointsEntry[];
  /** How often each promotion was granted. */
  readonly promotions: readonly { readonly promotion: string; readonly times: number }[];
  /** Used with what they bought. */
  readonly coupons: readonly object[];
  readonly mails: readonly {
    readonly email: string;
    readonly askedAt: Instant;
    readonly sentAt: Instant | null;
  }[];
}
