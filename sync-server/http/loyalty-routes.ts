import type { FastifyInstance } from "fastify";
import { type CustomerId, idOf } from "#domain/ids.ts";
import {
  adjustPointsRequestSchema,
  type CustomerPointsAnswer,
  type LoyaltyAnswer,
  putLoyaltyRequestSchema,
} from "#protocol/hq/loyalty.ts";
import { type CustomerPoints, standingView } from "../loyalty/loyalty.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { customerParamsSchema } from "./shop-api.ts";
import { validated } from "./validate.ts";

/** The loyalty programme and customers' points, as HQ decides and sees them (protocol/hq/loyalty.ts). */
export function registerLoyaltyRoutes(
  app: FastifyInstance,
  { storage, loyalty }: Pick<ServerDeps, "storage" | "loyalty">,
): void {
  const told = async (
    customer: CustomerId,
    points: CustomerPoints | null,
  ): Promise<CustomerPointsAnswer> => ({
    programme: points?.programme.name ?? null,
    customer: points?.customer ?? customer,
    standing: points === null ? null : standingView(points.programme, points.standing),
    entries: points === null ? [] : [...(await loyalty.rows(points.entries))],
  });
  const loyaltyAnswer = (): Promise<LoyaltyAnswer> =>
    storage.read(async (tx) => {
      const stores = await tx.stores();
      const groups = new Map(
        stores.flatMap(({ customerGroups = [] }) => customerGroups.map(({ id, name }) => [id, name])),
      );
      return {
        programme: await tx.loyaltyProgramme(),
        currency: stores[0]?.currency ?? idOf<"Currency">("EUR"),
        groups: [...groups].map(([id, name]) => ({ id, name })),
      };
    });
  const known = async (params: unknown): Promise<CustomerId> => {
    const id = idOf<"Customer">(validated(customerParamsSchema, params).id);
    if ((await storage.read((tx) => tx.customer(id))) === null)
      throw new Refusal("notFound", "There is no such customer.");
    return id;
  };
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/loyalty", () => loyaltyAnswer());
    hq.put("/hq/v1/loyalty", async (request): Promise<LoyaltyAnswer> => {
      const { programme } = validated(putLoyaltyRequestSchema, request.body);
      const put = await loyalty.putProgramme(programme);
      if (!put.ok) throw new Refusal("badRequest", PROGRAMME_REFUSALS[put.reason], [put.reason]);
      return loyaltyAnswer();
    });
    hq.get("/hq/v1/customers/:id/points", async (request) => {
      const customer = await known(request.params);
      return told(customer, await loyalty.standing(customer));
    });
    hq.post("/hq/v1/customers/:id/points", async (request) => {
      const customer = await known(request.params);
      const adjusted = await loyalty.adjust({
        customer,
        ...validated(adjustPointsRequestSchema, request.body),
      });
      if (adjusted.ok) return told(customer, adjusted.value);
      throw adjusted.reason === "noProgramme"
        ? new Refusal("conflict", "There is no loyalty programme.")
        : new Refusal("notFound", "There is no such customer.");
    });
  });
}

const PROGRAMME_REFUSALS = {
  otherCurrency: "No store keeps its amounts in this currency.",
  tiersNotAscending: "Each tier has a name of its own and begins at more points than the one before it.",
} as const;
