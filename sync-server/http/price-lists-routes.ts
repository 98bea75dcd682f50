import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { PriceListId } from "#domain/ids.ts";
import type { ContradictionKind } from "#domain/pricing/contradictions.ts";
import type { groupsRequestSchema } from "#protocol/hq/prices.ts";
import { findingRows } from "../prices/finding-rows.ts";
import { knownLists, priceListsAnswer } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { hasRight } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { PRICE_CHECK_CALLS, PRICE_LIST_CALLS } from "./price-lists-calls.ts";
import { storeCalled } from "./store-called.ts";

/** Price lists and who asks them, groups of customers, and what contradicts itself (protocol/hq/prices.ts, price-check.ts). */
export function registerPriceListsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, PRICE_LIST_CALLS.priceLists, ({ asker }) =>
    storage.read(async (tx) => {
      const answer = await priceListsAnswer(tx);
      const own = ownStores(asker, await tx.stores()).map(({ code }) => code);
      return { ...answer, stores: answer.stores.filter(({ code }) => own.includes(code)) };
    }),
  );
  serve(app, deps, PRICE_LIST_CALLS.putPriceList, async ({ params: { id }, body: { name, currency } }) => {
    await publisher.publish(async ({ tx }) => {
      const known = (await knownLists(tx)).find((list) => list.id === id);
      if (known !== undefined && known.currency !== currency && (await tx.priceCounts()).has(id))
        throw new Refusal("conflict", `There are prices in ${known.currency} on this list.`);
      await tx.putPriceList({ id, name, currency });
    });
    return storage.read(priceListsAnswer);
  });
  serve(app, deps, PRICE_LIST_CALLS.putStoreLists, ({ params: { code }, body: { lists } }) =>
    publisher.publish(async (publication) => {
      const { tx } = publication;
      const store = await storeCalled(tx, code);
      await refuseUnknown(tx, lists, store.currency);
      await publication.putStore({ ...store, priceLists: lists });
      return priceListsAnswer(tx);
    }),
  );
  serve(app, deps, PRICE_LIST_CALLS.putChannelLists, ({ params: { channel }, body: { lists } }) =>
    publisher.publish(async ({ tx }) => {
      const [first] = await tx.stores();
      if (lists !== null) await refuseUnknown(tx, lists, first?.currency ?? null);
      await tx.putChannelLists(channel, lists);
      return priceListsAnswer(tx);
    }),
  );
  serve(app, deps, PRICE_LIST_CALLS.putCustomerGroups, ({ body: { groups } }) =>
    publisher.publish(async (publication) => {
      const lists = groups.flatMap(({ priceLists }) => priceLists);
      await refuseUnknown(publication.tx, lists, null);
      await putGroups(publication, groups);
      return priceListsAnswer(publication.tx);
    }),
  );
}

/** Whoever reads these learns what goods cost. */
const OF_COSTS: readonly ContradictionKind[] = ["belowCost", "belowCostPromoted"];

/** The rules that prices are checked by, what was found, and setting it right. */
export function registerPriceCheckRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, priceCheck } = deps;
  serve(app, deps, PRICE_CHECK_CALLS.priceRules, () => storage.read((tx) => tx.priceRules()));
  serve(app, deps, PRICE_CHECK_CALLS.putPriceRules, async ({ body: rules }) => {
    await storage.write((tx) => tx.putPriceRules(rules));
    return rules;
  });
  serve(app, deps, PRICE_CHECK_CALLS.priceCheck, async ({ query: { kind, offset, limit }, asker }) => {
    const { all, counts, products, promotions } = await priceCheck.run();
    const hidden = hasRight(asker, "margins.read") ? [] : OF_COSTS;
    const found = all.filter(
      (each) => !hidden.includes(each.kind) && (kind === undefined || each.kind === kind),
    );
    const page = found.slice(offset, offset + limit);
    return {
      findings: await storage.read((tx) => findingRows(tx, { found: page, promotions })),
      total: found.length,
      counts: [...counts]
        .filter(([each]) => !hidden.includes(each))
        .map(([each, count]) => ({ kind: each, count })),
      products,
    };
  });
  serve(app, deps, PRICE_CHECK_CALLS.fixPrice, async ({ body }) => {
    const fixed = await priceCheck.fix(body);
    if (!fixed.ok) throw new Refusal("conflict", "It is no longer so. Look again.");
    return {};
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
