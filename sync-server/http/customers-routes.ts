import type { FastifyInstance, FastifyRequest } from "fastify";
import { idOf } from "#domain/ids.ts";
import type { CustomerHistory } from "#protocol/documents/history.ts";
import { customersQuerySchema } from "#protocol/hq/customers.ts";
import { customerHistory } from "../customers/history.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { requireHqKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { customerParamsSchema } from "./shop-api.ts";
import { validated } from "./validate.ts";

/** Where no key binds the asking to channels. */
const EVERY_CHANNEL: Pick<ApiKeyRecord, "channels"> = { channels: [] };

/** What HQ sees of customers (protocol/hq/customers.ts). */
export function registerCustomersRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireHqKey(request, deps.storage));
    hq.get("/hq/v1/customers", (request) => {
      const query = validated(customersQuerySchema, request.query);
      return deps.storage.read((tx) => tx.searchCustomers(query));
    });
    hq.get("/hq/v1/customers/:id/history", (request) => historyFor(deps, request));
  });
}

/**
 * The history of the customer that an address names, as far as a key reaches. Throws the same refusal when there is no such customer and when it is
 * none of the key's channels.
 */
export function historyFor(
  { storage }: Pick<ServerDeps, "storage">,
  request: FastifyRequest,
  { channels }: Pick<ApiKeyRecord, "channels"> = EVERY_CHANNEL,
): Promise<CustomerHistory> {
  const customer = idOf<"Customer">(validated(customerParamsSchema, request.params).id);
  return storage.read(async (tx) => {
    const isKnown = (await tx.customer(customer)) !== null;
    const isReached = channels.length === 0 || (await tx.hasOrderedThrough({ customer, channels }));
    if (!isKnown || !isReached) throw new Refusal("notFound", "There is no such customer.");
    return customerHistory(tx, { customer, channels });
  });
}
