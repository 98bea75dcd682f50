import { z } from "zod";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

const sales = z.strictObject({
  /** Tickets, or orders where it is of a channel. */
  count: z.number().int(),
  amount: moneySchema,
});
/** Today so far, and the same day last week up to the same time of day (to five minutes). */
const compared = z.strictObject({ today: sales, lastWeek: sales });

export const DASHBOARD_SORTS = [
  "sales",
  "change",
  "tickets",
  "waiting",
  "late",
  "exceptions",
  "store",
] as const;

/** `GET /hq/v1/dashboard` */
export const dashboardQuerySchema = z.strictObject({
  sort: z.enum(DASHBOARD_SORTS).default("sales"),
  order: z.enum(["up", "down"]).default("down"),
  offset: z.coerce.number().int().nonnegative().max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(10),
});

export const dashboardStoreSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  ...compared.shape,
  waiting: z.number().int(),
  late: z.number().int(),
  exceptions: z.number().int(),
  belowZero: z.number().int(),
});
export type DashboardStore = z.infer<typeof dashboardStoreSchema>;

export const dashboardSchema = z.strictObject({
  at: instantSchema,
  /** Of all stores that are seen, one for each currency, the most first. */
  sales: z.array(compared).max(20),
  /** What was paid in web shops as orders were placed; null where somebody sees some stores only. */
  channels: z
    .array(z.strictObject({ channel: idSchema<"Channel">(), ...compared.shape }))
    .max(100)
    .nullable(),
  orders: z.strictObject({ waiting: z.number().int(), late: z.number().int(), ready: z.number().int() }),
  exceptions: z.array(z.strictObject({ kind: z.string(), count: z.number().int() })).max(100),
  tills: z.strictObject({
    all: z.number().int(),
    silent: z.number().int(),
    unsent: z.number().int(),
    oldestUnsent: z
      .strictObject({
        device: idSchema<"Device">(),
        store: z.string(),
        register: z.number().int(),
        at: instantSchema,
      })
      .nullable(),
  }),
  belowZero: z.number().int(),
  stores: z.array(dashboardStoreSchema).max(200),
  /** How many stores there are, and what those that are not in `stores` took together, one for each currency. */
  storesTotal: z.number().int(),
  rest: z.array(compared).max(20),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

/** What a console hears of on `GET /hq/v1/live`. */
export const LIVE_KINDS = [
  "sales",
  "orders",
  "stock",
  "catalogue",
  "prices",
  "promotions",
  "customers",
  "staff",
  "stores",
  "cases",
  "tills",
  /** Anything else, and what stands in no feed. */
  "records",
] as const;
export type LiveKind = (typeof LIVE_KINDS)[number];

/** Data of each event `changed`: read again what you show of these. At most one event a second. */
export const liveEventSchema = z.strictObject({ kinds: z.array(z.enum(LIVE_KINDS)).min(1) });
