import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import {
  type CasesFound,
  type casePurchaseAnswerSchema,
  casePurchaseQuerySchema,
  casesLookUpSchema,
  MAX_CASES_FOUND,
} from "#protocol/sync/cases.ts";
import { askingDevice } from "./auth.ts";
import { personOf } from "./case-rows.ts";
import type { ServerDeps } from "./deps.ts";
import type { LookUpPaces } from "./look-up-pace.ts";
import { validated } from "./validate.ts";

/** What a till asks of cases that its own store does not have. It asks with its own token. */
export function registerTillCasesRoutes(
  app: FastifyInstance,
  deps: ServerDeps,
  { lookUps }: Pick<LookUpPaces, "lookUps">,
): void {
  app.get("/sync/v1/cases", async (request) => {
    lookUps.count(await askingDevice(request, deps));
    return lookUp(deps, request);
  });
  app.get("/sync/v1/case-purchases", async (request): Promise<z.infer<typeof casePurchaseAnswerSchema>> => {
    lookUps.count(await askingDevice(request, deps));
    const { number } = validated(casePurchaseQuerySchema, request.query);
    return { found: await deps.cases.purchase(number) };
  });
}

async function lookUp(deps: ServerDeps, request: FastifyRequest): Promise<CasesFound> {
  const { search, customer } = validated(casesLookUpSchema, request.query);
  return deps.storage.read(async (tx) => {
    const { cases } = await tx.cases({
      filter: "all",
      kind: null,
      store: null,
      customer: customer ?? null,
      search,
      at: deps.now(),
      offset: 0,
      limit: MAX_CASES_FOUND,
    });
    const stores = await tx.stores();
    const found: CasesFound["cases"] = [];
    for (const of of cases) {
      const storeName = stores.find(({ store }) => store === of.store)?.name ?? "";
      found.push({ case: of, customerName: (await personOf(tx, of)).name, storeName });
    }
    return { cases: found };
  });
}
