import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import type { SimulationRefusal } from "../quotes/simulations.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { serve } from "./hq-call.ts";
import { PROMOTION_CALLS } from "./promotions-calls.ts";
import { quoteRefusal } from "./shop-quote.ts";

/** What a basket would cost, for HQ to try (protocol/hq/simulate.ts). */
export function registerSimulateRoute(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, PROMOTION_CALLS.simulateBasket, async ({ body, asker }) => {
    if (body.store !== null && !reachesStore(asker.stores, body.store))
      throw refusalFor({ why: "noSuchStore" });
    const answer = await deps.simulations.simulate(body);
    if (!answer.ok) throw refusalFor(answer.reason);
    return answer.value;
  });
}

function refusalFor(refusal: SimulationRefusal): Refusal {
  switch (refusal.why) {
    case "noSuchStore":
      return new Refusal("notFound", "There is no such store.");
    case "noSuchTime":
      return new Refusal("badRequest", "`at` is no time that clocks show.");
    case "noSuchVariant":
      return new Refusal("badRequest", `Line ${refusal.line}: there is no such article.`);
    default:
      return quoteRefusal(refusal);
  }
}
