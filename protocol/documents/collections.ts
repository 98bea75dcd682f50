import { z } from "zod";
import { balanceSchema } from "./balance.ts";
import { caseSchema } from "./case.ts";
import { countSchema } from "./count.ts";
import { customerSchema } from "./customer.ts";
import { deliverySchema } from "./delivery.ts";
import { noticeSchema } from "./notice.ts";
import { storeOrderSchema } from "./order.ts";
import { priceSchema } from "./price.ts";
import { productSchema } from "./product.ts";
import { promotionSchema } from "./promotion.ts";
import { receiptDocumentSchema } from "./receipt.ts";
import { settingsSchema } from "./settings.ts";
import { staffSchema } from "./staff.ts";
import { stockSchema } from "./stock.ts";

/** What a till's replica holds, and the shape of each document. */
export const REPLICA_SCHEMAS = {
  settings: settingsSchema,
  staff: staffSchema,
  products: productSchema,
  prices: priceSchema,
  promotions: promotionSchema,
  stock: stockSchema,
  customers: customerSchema,
  orders: storeOrderSchema,
  receipts: receiptDocumentSchema,
  balances: balanceSchema,
  notices: noticeSchema,
  cases: caseSchema,
  counts: countSchema,
  deliveries: deliverySchema,
} as const;

export type ReplicaCollection = keyof typeof REPLICA_SCHEMAS;
export type ReplicaDocument<C extends ReplicaCollection> = z.infer<(typeof REPLICA_SCHEMAS)[C]>;

/** In the order of a first sync: what a till needs to greet its staff comes first. */
export const REPLICA_COLLECTIONS = [
  "settings",
  "staff",
  "products",
  "prices",
  "promotions",
  "stock",
  "customers",
  "orders",
  "receipts",
  "balances",
  "notices",
  "cases",
  "counts",
  "deliveries",
] as const satisfies readonly ReplicaCollection[];
export const replicaCollectionSchema = z.enum(REPLICA_COLLECTIONS);
