import type { FastifyInstance } from "fastify";
import { putScaleCodes, scaleCodesOf } from "../catalog/scale-codes.ts";
import type { ServerDeps } from "./deps.ts";
import { serve } from "./hq-call.ts";
import { RULE_CALLS } from "./rules-calls.ts";

/** How scales print labels, as HQ decides it for all stores (protocol/hq/scale-codes.ts). */
export function registerScaleCodeRoutes(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, RULE_CALLS.scaleCodes, async () => ({ codes: await scaleCodesOf(deps.storage) }));
  serve(app, deps, RULE_CALLS.putScaleCodes, async ({ body: { codes } }) => {
    await putScaleCodes(deps.publisher, codes);
    return { codes };
  });
}
