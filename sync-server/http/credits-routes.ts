import type { FastifyInstance } from "fastify";
import type { StoreSettings } from "#domain/store/store.ts";
import { creditBalance, creditState, overdrawnBy } from "#domain/value/credit.ts";
import { giftCardPolicyOf } from "#domain/value/gift-card.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import type { CreditRow, StoreGiftCards } from "#protocol/hq/credits.ts";
import type { ListedCredit } from "../credits/credits.ts";
import { staffName } from "../orders/staff-name.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { CREDIT_CALLS } from "./credits-calls.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { storeCalled } from "./store-called.ts";

const REFUSED = {
  unknown: "There is no such store credit or gift card.",
  nothingLeft: "Nothing is left of it that could be taken off.",
  nothingToRestore: "Nothing was taken off it that could be put back.",
} as const;

/** What HQ sees of store credits (protocol/hq/credits.ts). */
export function registerCreditsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, credits, hqDesk } = deps;
  serve(app, deps, CREDIT_CALLS.credits, async ({ query }) => {
    const found = await credits.list(query);
    const rows = await storage.read((tx) => Promise.all(found.credits.map((each) => rowOf(tx, each))));
    return { credits: rows, total: found.total };
  });
  serve(app, deps, CREDIT_CALLS.giftCardPolicies, async ({ asker }) => ({
    stores: ownStores(asker, await storage.read((tx) => tx.stores())).map(rulesOf),
  }));
  serve(app, deps, CREDIT_CALLS.putGiftCardPolicy, ({ params: { code }, body: giftCards }) =>
    publisher.publish(async (publication) => {
      const store = await storeCalled(publication.tx, code);
      if (giftCards.most.currency !== store.currency)
        throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
      const changed = { ...store, giftCards };
      await publication.putStore(changed);
      return rulesOf(changed);
    }),
  );
  serve(app, deps, CREDIT_CALLS.actOnCredit, async ({ params: { id }, body }) => {
    const done = await hqDesk.act({ id, ...body });
    if (!done.ok)
      throw new Refusal(done.reason === "unknown" ? "notFound" : "conflict", REFUSED[done.reason]);
    return storage.read((tx) => rowOf(tx, done.value));
  });
}

function rulesOf(store: StoreSettings): StoreGiftCards {
  return { code: store.code, name: store.name, currency: store.currency, policy: giftCardPolicyOf(store) };
}

async function rowOf(tx: ReadTransaction, { credit, sums, entries }: ListedCredit): Promise<CreditRow> {
  const explained: CreditRow["entries"] = [];
  for (const { id, kind, at, ticket, number, store, device, staff, note = "", postings } of entries) {
    const own = postings.find(({ account }) => account === creditAccount(credit.id, credit.kind));
    if (own === undefined) continue;
    explained.push({
      id,
      kind,
      at,
      amount: own.amount,
      ticket,
      number,
      store: store === null ? "" : ((await tx.store(store))?.code ?? ""),
      register: device === null ? null : ((await tx.device(device))?.register ?? null),
      staffName: await staffName(tx, staff),
      note,
    });
  }
  return {
    id: credit.id,
    kind: credit.kind,
    tail: credit.tail,
    state: creditState(sums),
    issued: sums.issued,
    spent: sums.spent,
    balance: creditBalance(sums),
    overdrawn: overdrawnBy(sums),
    issuedAt: sums.issuedAt,
    entries: explained,
  };
}
