import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Instant } from "#domain/ids.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { settledPlan } from "#domain/tax/tax-plan.ts";
import {
  newStoreSchema,
  type StoreDetail,
  storeDetailSchema,
  storeListQuerySchema,
  storeListSchema,
  storeProfileSchema,
  storeTaxSchema,
} from "#protocol/hq/store-settings.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { changeStore, changeTax, makeStore, type ProfileFault, setClosed } from "../stores/save-store.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, ownStoreCalled, serve } from "./hq-call.ts";

const storeParams = z.object({ code: z.string().min(1).max(8) });
type Named = { readonly params: z.output<typeof storeParams> };

const storeTrail = {
  subject: "store",
  id: ({ params }: Named) => params.code.toUpperCase(),
  state: (tx: ReadTransaction, { params }: Named) => tx.storeByCode(params.code.toUpperCase()),
};

export const STORE_SETTINGS_CALLS = {
  storeList: hqCall({
    method: "GET",
    path: "/hq/v1/stores/list",
    summary: "The stores, searched, sorted and paged",
    right: "stores.read",
    reach: "filtered",
    params: null,
    query: storeListQuerySchema,
    body: null,
    answer: storeListSchema,
    refusals: [],
    trail: "none",
  }),
  store: hqCall({
    method: "GET",
    path: "/hq/v1/stores/:code",
    summary: "One store: where it is, when it is open, what it taxes by",
    right: "stores.read",
    reach: { code: "path" },
    params: storeParams,
    query: null,
    body: null,
    answer: storeDetailSchema,
    refusals: ["notFound"],
    trail: "none",
  }),
  newStore: hqCall({
    method: "POST",
    path: "/hq/v1/stores",
    summary: "Open a new store, set up like another one",
    words:
      "It begins with the taxes, price lists, policies and receipts of the store that it is `like`. While there is no store, `like` is null and `first` says the retailer's name and the standard tax.",
    right: "stores.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: newStoreSchema,
    answer: storeDetailSchema,
    status: 201,
    refusals: ["badRequest", "conflict", "notFound"],
    trail: {
      subject: "store",
      id: ({ body }) => body.code,
      state: (tx, { body }) => tx.storeByCode(body.code),
    },
  }),
  changeStore: hqCall({
    method: "PUT",
    path: "/hq/v1/stores/:code",
    summary: "Change what a store is called, where it is and when it is open",
    words: "The currency stays once the store has sold.",
    right: "stores.edit",
    reach: { code: "path" },
    params: storeParams,
    query: null,
    body: storeProfileSchema,
    answer: storeDetailSchema,
    refusals: ["badRequest", "conflict", "notFound"],
    trail: storeTrail,
  }),
  changeTax: hqCall({
    method: "PUT",
    path: "/hq/v1/stores/:code/tax",
    summary: "Change what a store taxes by",
    words: "From the next sale of each till on. A class that was there stays, since products name it.",
    right: "stores.edit",
    reach: { code: "path" },
    params: storeParams,
    query: null,
    body: storeTaxSchema,
    answer: storeDetailSchema,
    refusals: ["badRequest", "notFound"],
    trail: storeTrail,
  }),
  closeStore: hqCall({
    method: "POST",
    path: "/hq/v1/stores/:code/close",
    summary: "Close a store",
    words: "It takes no orders and no new tills from now on; its tills can still send what they have.",
    right: "stores.edit",
    reach: { code: "path" },
    params: storeParams,
    query: null,
    body: null,
    answer: storeDetailSchema,
    refusals: ["notFound"],
    trail: storeTrail,
  }),
  reopenStore: hqCall({
    method: "POST",
    path: "/hq/v1/stores/:code/reopen",
    summary: "Open a store again that was closed",
    right: "stores.edit",
    reach: { code: "path" },
    params: storeParams,
    query: null,
    body: null,
    answer: storeDetailSchema,
    refusals: ["notFound"],
    trail: storeTrail,
  }),
};

/** The stores at HQ (protocol/hq/store-settings.ts). */
export function registerStoresRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const calls = STORE_SETTINGS_CALLS;
  const { storage, publisher, newId } = deps;
  serve(app, deps, calls.storeList, async ({ query, asker }) => {
    const { state, order, ...rest } = query;
    const found = await storage.read((tx) =>
      tx.storeList({
        ...rest,
        stores: asker.stores,
        isClosed: state === "all" ? null : state === "closed",
        descending: order === "down",
      }),
    );
    return { ...found, stores: found.stores.map(({ store: id, ...row }) => ({ id, ...row })) };
  });
  serve(app, deps, calls.store, ({ params, asker }) =>
    storage.read(async (tx) => detailOf(tx, await ownStoreCalled(tx, asker, params.code), deps.now())),
  );
  serve(app, deps, calls.newStore, ({ body }) =>
    publisher.publish(async (publication) => {
      const made = await makeStore(publication, body, newId());
      if (!made.ok) throw refusalOf(made.reason);
      return detailOf(publication.tx, made.value, publication.at);
    }),
  );
  serve(app, deps, calls.changeStore, ({ params, body, asker }) =>
    publisher.publish(async (publication) => {
      const store = await ownStoreCalled(publication.tx, asker, params.code);
      const changed = await changeStore(publication, store, body);
      if (!changed.ok) throw refusalOf(changed.reason);
      return detailOf(publication.tx, changed.value, publication.at);
    }),
  );
  serve(app, deps, calls.changeTax, ({ params, body, asker }) =>
    publisher.publish(async (publication) => {
      const store = await ownStoreCalled(publication.tx, asker, params.code);
      const changed = await changeTax(publication, store, body);
      if (changed.ok) return detailOf(publication.tx, changed.value, publication.at);
      const { fault, taxClass } = changed.reason;
      throw new Refusal("badRequest", `${TAX_FAULTS[fault]} (${taxClass})`, [fault]);
    }),
  );
  for (const call of [calls.closeStore, calls.reopenStore])
    serve(app, deps, call, ({ params, asker }) =>
      publisher.publish(async (publication) => {
        const store = await ownStoreCalled(publication.tx, asker, params.code);
        const changed = await setClosed(publication, store, call === calls.closeStore);
        return detailOf(publication.tx, changed, publication.at);
      }),
    );
}

async function detailOf(tx: ReadTransaction, store: StoreSettings, at: Instant): Promise<StoreDetail> {
  const { name, address, vatId, timeZone, locale, currency, retailer, code, priceLists } = store;
  const { former: _, ...told } = settledPlan(store.tax, businessDayOf({ at, timeZone }));
  return {
    id: store.store,
    code,
    retailer,
    name,
    address: [...address],
    contact: store.contact ?? { phone: "", email: "" },
    vatId,
    timeZone,
    locale,
    currency,
    hours: store.hours ?? null,
    hasSold: await tx.hasSold(store.store),
    tills: await tx.tillCount(store.store),
    priceLists: [...priceLists],
    tax: storeTaxSchema.parse(told),
    closedAt: store.closedAt ?? null,
  };
}

const PROFILE_FAULTS: Readonly<
  Record<ProfileFault, { readonly as: ErrorBody["reason"]; readonly words: string }>
> = {
  codeTaken: { as: "conflict", words: "Another store has this code." },
  noSuchStore: { as: "notFound", words: "There is no store that it could be set up like." },
  notFirst: {
    as: "conflict",
    words:
      "Only the first store of all is made by itself. There is one: choose the store that it is set up like.",
  },
  firstUnsaid: {
    as: "badRequest",
    words: "There is no store yet that it could be like: say the retailer's name and the standard tax rate.",
  },
  listInOtherCurrency: {
    as: "conflict",
    words: "The price list that it would ask is in another currency: choose that currency.",
  },
  nobodyKnocks: { as: "notFound", words: "No such till waits for a store to be made again." },
  otherCode: { as: "conflict", words: "The receipts of that till show another code of its store." },
  codeAwaited: {
    as: "conflict",
    words: "A till of the store with this code waits to come in: make that store again on the page Tills.",
  },
  timeZone: { as: "badRequest", words: "There is no such time zone." },
  locale: { as: "badRequest", words: "There is no such language and region." },
  hours: { as: "badRequest", words: "Opening hours overlap, or end before they begin." },
  currencyFixed: { as: "conflict", words: "The store has sold already: its currency stays." },
};

const TAX_FAULTS = {
  sameClassTwice: "Two tax classes are the same.",
  classGone: "A tax class that products may have cannot be taken away.",
  sameRateTwice: "A tax class has the same rate twice.",
  rateTooHigh: "The rates of a tax class are more than 100 %.",
  noName: "A tax class or rate has no name.",
  plannedClassUnknown: "Rates are planned for a tax class that is not there.",
  plannedTwice: "A tax class has two plans that begin on one day.",
  plannedPast:
    "A plan begins on a day to come. What holds from today on is changed at the class itself; what begins today has begun: look at it again.",
} as const;

function refusalOf(fault: ProfileFault): Refusal {
  const { as, words } = PROFILE_FAULTS[fault];
  return new Refusal(as, words, [fault]);
}
