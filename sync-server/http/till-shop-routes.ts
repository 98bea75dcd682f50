import type { FastifyInstance } from "fastify";
import { idOf } from "#domain/ids.ts";
import { shareBasketRequestSchema } from "#protocol/shop/basket.ts";
import {
  type CustomerFoundAnswer,
  type CustomersFoundAnswer,
  findCustomersQuerySchema,
} from "#protocol/sync/customers.ts";
import { askingDevice } from "./auth.ts";
import { basketRefusal, linkMaker } from "./basket-answers.ts";
import { historyFor } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { guessingTill, type LookUpPaces } from "./look-up-pace.ts";
import { basketParamsSchema, customerParamsSchema } from "./shop-api.ts";
import { availability, type ShopParts } from "./shop-routes.ts";
import { validated } from "./validate.ts";

/** What a till asks of the shops' side: what other stores have, baskets that go from side to side, and what a customer bought there. It asks with its own token. */
export function registerTillShopRoutes(
  app: FastifyInstance,
  deps: ServerDeps,
  { baskets, basketLink }: ShopParts,
  { codes, lookUps, guesses }: LookUpPaces,
): void {
  app.get("/sync/v1/availability", async (request) => {
    await askingDevice(request, deps);
    return availability(deps, request.query);
  });
  app.post("/sync/v1/baskets", async (request, reply) => {
    await askingDevice(request, deps);
    const { lines, note } = validated(shareBasketRequestSchema, request.body);
    const link = linkMaker(basketLink, request);
    return reply.code(201).send(await baskets.share({ lines, note, from: "till", link }));
  });
  app.get("/sync/v1/baskets/:code", async (request) => {
    const device = await askingDevice(request, deps);
    codes.count(device);
    const { code } = validated(basketParamsSchema, request.params);
    const store = await deps.storage.read((tx) => tx.store(device.store));
    return guesses.counted(guessingTill(device), async () => {
      const opened = await baskets.open({ code, store });
      if (!opened.ok) throw basketRefusal(opened.reason);
      return opened.value;
    });
  });
  app.get("/sync/v1/customers", async (request): Promise<CustomersFoundAnswer> => {
    lookUps.count(await askingDevice(request, deps));
    const query = validated(findCustomersQuerySchema, request.query);
    const { customers, hasMore } = await deps.storage.read((tx) =>
      tx.searchCustomers({ ...query, offset: 0 }),
    );
    return { customers: [...customers], hasMore };
  });
  app.get("/sync/v1/customers/:id", async (request): Promise<CustomerFoundAnswer> => {
    lookUps.count(await askingDevice(request, deps));
    const { id } = validated(customerParamsSchema, request.params);
    const customer = await deps.storage.read((tx) => tx.customer(idOf<"Customer">(id)));
    if (customer === null) throw new Refusal("notFound", "There is no such customer.");
    return { customer };
  });
  app.get("/sync/v1/customers/:id/history", async (request) => {
    lookUps.count(await askingDevice(request, deps));
    return historyFor(deps, request);
  });
}
