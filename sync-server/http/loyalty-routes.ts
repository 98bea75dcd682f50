import type { FastifyInstance } from "fastify";
import { type CustomerId, idOf } from "#domain/ids.ts";
import {
  adjustPointsRequestSchema,
  type CustomerPointsAnswer,
  customerPointsAnswerSchema,
  type LoyaltyAnswer,
  loyaltyAnswerSchema,
  putLoyaltyRequestSchema,
} from "#protocol/hq/loyalty.ts";
import type { CustomerPoints } from "../loyalty/customer-points.ts";
import { standingView } from "../loyalty/loyalty.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { doerOf } from "./asker.ts";
import { noSuchCustomer } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ACTS, hqCall, LOOKS, serve } from "./hq-call.ts";
import { customerParamsSchema } from "./shop-api.ts";

export const LOYALTY_CALLS = {
  loyalty: hqCall({
    ...LOOKS,
    path: "/hq/v1/loyalty",
    summary: "The loyalty programme of all stores and channels",
    right: "rules.read",
    reach: "shared",
    answer: loyaltyAnswerSchema,
  }),
  putLoyalty: hqCall({
    ...ACTS,
    method: "PUT",
    path: "/hq/v1/loyalty",
    summary: "Decide how customers collect and spend points from now on; null: not at all",
    right: "rules.edit",
    reach: "allStores",
    body: putLoyaltyRequestSchema,
    answer: loyaltyAnswerSchema,
    refusals: ["badRequest"],
    trail: { subject: "loyalty", id: () => "programme", state: (tx) => tx.loyaltyProgramme() },
  }),
  customerPoints: hqCall({
    ...LOOKS,
    path: "/hq/v1/customers/:id/points",
    summary: "A customer's points and what explains them, the newest first",
    right: "value.read",
    reach: "shared",
    params: customerParamsSchema,
    answer: customerPointsAnswerSchema,
    refusals: ["notFound"],
  }),
  adjustPoints: hqCall({
    ...ACTS,
    method: "POST",
    path: "/hq/v1/customers/:id/points",
    summary: "Give a customer points, or take them",
    words: "Once under the id that whoever asks has made.",
    right: "value.adjust",
    reach: "shared",
    params: customerParamsSchema,
    body: adjustPointsRequestSchema,
    answer: customerPointsAnswerSchema,
    refusals: ["notFound", "conflict"],
    trail: { subject: "customer", id: ({ params }) => params.id, secrets: ["reason"] },
  }),
};

/** The loyalty programme and customers' points, as HQ decides and sees them (protocol/hq/loyalty.ts). */
export function registerLoyaltyRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, loyalty } = deps;
  const told = async (
    customer: CustomerId,
    points: CustomerPoints | null,
  ): Promise<CustomerPointsAnswer> => ({
    programme: points?.programme.name ?? null,
    customer: points?.customer ?? customer,
    standing: points === null ? null : standingView(points.programme, points.standing),
    entries: points === null ? [] : [...(await loyalty.rows(points.entries))],
  });
  const known = async ({ id: named }: { readonly id: string }): Promise<CustomerId> => {
    const id = idOf<"Customer">(named);
    if ((await storage.read((tx) => tx.customer(id))) === null) throw noSuchCustomer();
    return id;
  };
  serve(app, deps, LOYALTY_CALLS.loyalty, () => storage.read(programmeOf));
  serve(app, deps, LOYALTY_CALLS.putLoyalty, async ({ body: { programme } }) => {
    const put = await loyalty.putProgramme(programme);
    if (!put.ok) throw new Refusal("badRequest", PROGRAMME_REFUSALS[put.reason], [put.reason]);
    return storage.read(programmeOf);
  });
  serve(app, deps, LOYALTY_CALLS.customerPoints, async ({ params }) => {
    const customer = await known(params);
    return told(customer, await loyalty.standing(customer));
  });
  serve(app, deps, LOYALTY_CALLS.adjustPoints, async ({ params, body, asker }) => {
    const customer = await known(params);
    const adjusted = await loyalty.adjust({ customer, ...body, by: doerOf(asker, body.by) });
    if (adjusted.ok) return told(customer, adjusted.value);
    throw adjusted.reason === "noProgramme"
      ? new Refusal("conflict", "There is no loyalty programme.")
      : noSuchCustomer();
  });
}

async function programmeOf(tx: ReadTransaction): Promise<LoyaltyAnswer> {
  const stores = await tx.stores();
  const groups = new Map(
    stores.flatMap(({ customerGroups = [] }) => customerGroups.map(({ id, name }) => [id, name])),
  );
  return {
    programme: await tx.loyaltyProgramme(),
    currency: stores[0]?.currency ?? idOf<"Currency">("EUR"),
    groups: [...groups].map(([id, name]) => ({ id, name })),
  };
}

const PROGRAMME_REFUSALS = {
  otherCurrency: "No store keeps its amounts in this currency.",
  tiersNotAscending: "Each tier has a name of its own and begins at more points than the one before it.",
} as const;
