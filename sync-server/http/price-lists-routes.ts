import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { PriceListId } from "#domain/ids.ts";
import { fixRequestSchema, priceCheckQuerySchema, priceRulesSchema } from "#protocol/hq/price-check.ts";
import {
  channelListsRequestSchema,
  groupsRequestSchema,
  priceListRequestSchema,
  storeListsRequestSchema,
} from "#protocol/hq/prices.ts";
import { idSchema } from "#protocol/scalars.ts";
import { findingRows } from "../prices/finding-rows.ts";
import { knownLists, priceListsAnswer } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const listParams = z.object({ id: idSchema<"PriceList">() });
const storeParams = z.object({ code: z.string().max(8) });
const channelParams = z.object({ channel: idSchema<"Channel">() });

/** Price lists and who asks them, groups of customers, and what contradicts itself (protocol/hq/prices.ts, price-check.ts). */
export function registerPriceListsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/price-lists", () => storage.read(priceListsAnswer));
    hq.put("/hq/v1/price-lists/:id", async (request) => {
      const { id } = validated(listParams, request.params);
      const { name, currency } = validated(priceListRequestSchema, request.body);
      await publisher.publish(async ({ tx }) => {
        const known = (await knownLists(tx)).find((list) => list.id === id);
        if (known !== undefined && known.currency !== currency && (await tx.priceCounts()).has(id))
          throw new Refusal("conflict", `There are prices in ${known.currency} on this list.`);
        await tx.putPriceList({ id, name, currency });
      });
      return storage.read(priceListsAnswer);
    });
    hq.put("/hq/v1/stores/:code/price-lists", async (request) => {
      const { code } = validated(storeParams, request.params);
      const { lists } = validated(storeListsRequestSchema, request.body);
      return publisher.publish(async (publication) => {
        const { tx } = publication;
        const store = await storeCalled(tx, code);
        await refuseUnknown(tx, lists, store.currency);
        await publication.putStore({ ...store, priceLists: lists });
        return priceListsAnswer(tx);
      });
    });
    hq.put("/hq/v1/channels/:channel/price-lists", async (request) => {
      const { channel } = validated(channelParams, request.params);
      const { lists } = validated(channelListsRequestSchema, request.body);
      return publisher.publish(async ({ tx }) => {
        const [first] = await tx.stores();
        if (lists !== null) await refuseUnknown(tx, lists, first?.currency ?? null);
        await tx.putChannelLists(channel, lists);
        return priceListsAnswer(tx);
      });
    });
    hq.put("/hq/v1/customer-groups", async (request) => {
      const { groups } = validated(groupsRequestSchema, request.body);
      return publisher.publish(async (publication) => {
        const lists = groups.flatMap(({ priceLists }) => priceLists);
        await refuseUnknown(publication.tx, lists, null);
        await putGroups(publication, groups);
        return priceListsAnswer(publication.tx);
      });
    });
  });
}

/** The rules that prices are checked by, what was found, and setting it right. */
export function registerPriceCheckRoutes(app: FastifyInstance, { storage, priceCheck }: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/price-rules", () => storage.read((tx) => tx.priceRules()));
    hq.put("/hq/v1/price-rules", async (request) => {
      const rules = validated(priceRulesSchema, request.body);
      await storage.write((tx) => tx.putPriceRules(rules));
      return rules;
    });
    hq.get("/hq/v1/price-check", async (request) => {
      const { kind, offset, limit } = validated(priceCheckQuerySchema, request.query);
      const { all, counts, products, promotions } = await priceCheck.run();
      const found = kind === undefined ? all : all.filter((each) => each.kind === kind);
      const page = found.slice(offset, offset + limit);
      return {
        findings: await storage.read((tx) => findingRows(tx, { found: page, promotions })),
        total: found.length,
        counts: [...counts].map(([each, count]) => ({ kind: each, count })),
        products,
      };
    });
    hq.post("/hq/v1/price-check/fix", async (request) => {
      const fixed = await priceCheck.fix(validated(fixRequestSchema, request.body));
      if (!fixed.ok) throw new Refusal("conflict", "It is no longer so. Look again.");
      return {};
    });
  });
}

async function refuseUnknown(
  tx: ReadTransaction,
  asked: readonly PriceListId[],
  currency: string | null,
): Promise<void> {
  const known = await knownLists(tx);
  for (const id of asked) {
    const list = known.find((each) => each.id === id);
    if (list === undefined) throw new Refusal("badRequest", `There is no price list ${id}.`);
    if (currency !== null && list.currency !== currency)
      throw new Refusal("badRequest", `The list ${list.name} is kept in ${list.currency}.`);
  }
}

/** Every store has all of them: a customer may come in anywhere. */
async function putGroups(
  publication: Publication,
  groups: z.output<typeof groupsRequestSchema>["groups"],
): Promise<void> {
  for (const store of await publication.tx.stores())
    await publication.putStore({ ...store, customerGroups: groups });
}
