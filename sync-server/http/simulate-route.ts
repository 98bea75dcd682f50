import type { FastifyInstance } from "fastify";
import { simulateRequestSchema } from "#protocol/hq/simulate.ts";
import type { SimulationRefusal } from "../quotes/simulations.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { quoteRefusal } from "./shop-quote.ts";
import { validated } from "./validate.ts";

/** What a basket would cost, for HQ to try (protocol/hq/simulate.ts). */
export function registerSimulateRoute(app: FastifyInstance, { storage, simulations }: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.post("/hq/v1/promotions/simulate", async (request) => {
      const answer = await simulations.simulate(validated(simulateRequestSchema, request.body));
      if (!answer.ok) throw refusalFor(answer.reason);
      return answer.value;
    });
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
