import { z } from "zod";
import type { ExactAmount } from "#domain/money/round-together.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { NotTold } from "../answers.ts";
import { type AdminApi, unexpected } from "./admin-api.ts";
import { fractionOf, ZERO } from "./fraction.ts";

const amount = z.number().transform((decimal): ExactAmount => fractionOf(decimal) ?? ZERO);
const moment = z.string().nullish();

/** The shop's fulfilment carries our fulfilment's id in its metadata under this name: by it a repeated call is known. */
export const OUR_FULFILMENT = "onetill_fulfilment";

/** What the shop's people are told of goods that came back stands in the order's metadata under this name. */
export const OUR_RETURNS = "onetill_returns";

const shopOrderSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  items: z.array(
    z.looseObject({
      id: z.string(),
      quantity: z.number(),
      detail: z.looseObject({ fulfilled_quantity: z.number() }),
    }),
  ),
  fulfillments: z
    .array(
      z.looseObject({
        id: z.string(),
        shipped_at: moment,
        delivered_at: moment,
        canceled_at: moment,
        metadata: z.record(z.string(), z.unknown()).nullish(),
        items: z.array(z.looseObject({ line_item_id: z.string(), quantity: z.number() })).nullish(),
      }),
    )
    .nullish()
    .transform((fulfillments) => fulfillments ?? []),
  payment_collections: z
    .array(
      z.looseObject({
        payments: z
          .array(
            z.looseObject({
              id: z.string(),
              provider_id: z.string().nullish(),
              canceled_at: moment,
              captures: z.array(z.looseObject({ amount })).nullish(),
              refunds: z.array(z.looseObject({ amount })).nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish()
    .transform((collections) => (collections ?? []).flatMap(({ payments }) => payments ?? [])),
});

/** The shop's order, as far as it is compared with ours. */
export type ShopOrder = z.output<typeof shopOrderSchema>;
export type ShopFulfillment = ShopOrder["fulfillments"][number];
export type ShopPayment = ShopOrder["payment_collections"][number];

const FIELDS = [
  "id",
  "status",
  "metadata",
  "*items",
  "*items.detail",
  "*fulfillments",
  "*fulfillments.items",
  "*payment_collections.payments",
  "*payment_collections.payments.captures",
  "*payment_collections.payments.refunds",
].join(",");

/** Reads the order from the shop as it is now. */
export async function shopOrder(api: AdminApi, id: string): Promise<Result<ShopOrder, NotTold>> {
  const answer = await api(
    "GET",
    `/admin/orders/${encodeURIComponent(id)}?fields=${encodeURIComponent(FIELDS)}`,
  );
  if (!answer.ok) return answer;
  const parsed = z.looseObject({ order: shopOrderSchema }).safeParse(answer.value);
  return parsed.success ? ok(parsed.data.order) : refused(unexpected("order"));
}
