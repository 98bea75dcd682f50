import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import type { Case } from "#domain/cases/case.ts";
import { casePolicyOf } from "#domain/cases/deadline.ts";
import { type CaseId, idOf, type StoreId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { CaseStorePolicy, HqCase } from "#protocol/hq/cases.ts";
import type { CaseActRefusal } from "../cases/case-desk.ts";
import { type Asker, doerOf } from "./asker.ts";
import { caseDetailOf, caseRowOf } from "./case-rows.ts";
import { CASE_CALLS } from "./cases-calls.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, ownStores, serve, storesAsked } from "./hq-call.ts";
import { sendPicture } from "./send-picture.ts";
import { storeCalled } from "./store-called.ts";

/** What HQ sees of complaints, warranty and repair and does with them (protocol/hq/cases.ts). */
export function registerCasesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage } = deps;
  serve(app, deps, CASE_CALLS.cases, ({ query, asker }) => {
    const { kind = null, store: code, customer = null, ...rest } = query;
    const at = deps.now();
    return storage.read(async (tx) => {
      const store = await storesAsked(tx, asker, code);
      const found = await tx.cases({ ...rest, kind, store, customer, at });
      const stores = await tx.stores();
      const rows = [];
      for (const of of found.cases) rows.push(await caseRowOf(tx, { of, stores, at }));
      return { cases: rows, total: found.total };
    });
  });
  serve(app, deps, CASE_CALLS.case, async ({ params, asker }) =>
    detail(deps, await ownCase(deps, asker, idOf<"Case">(params.id)), asker),
  );
  registerActs(app, deps);
  serve(app, deps, CASE_CALLS.casePolicies, async ({ asker }) => ({
    stores: ownStores(asker, await storage.read((tx) => tx.stores())).map(policyOf),
  }));
  serve(app, deps, CASE_CALLS.putCasePolicy, ({ params: { code }, body: cases }) =>
    deps.publisher.publish(async (publication) => {
      const changed = { ...(await storeCalled(publication.tx, code)), cases };
      await publication.putStore(changed);
      return policyOf(changed);
    }),
  );
  serve(app, deps, CASE_CALLS.picture, ({ params: { hash }, reply }) => sendPicture(deps, { hash, reply }));
}

function registerActs(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, CASE_CALLS.openCase, async ({ body: { store: code, ...opening }, asker }) => {
    const opened = await deps.cases.open({
      ...opening,
      by: doerOf(asker, opening.by),
      store: await storeIdOf(deps, asker, code),
    });
    if (!opened.ok)
      throw new Refusal(
        "notFound",
        opened.reason === "noSuchStore"
          ? `There is no store ${code}.`
          : `There is no receipt and no order with the number ${opening.purchaseNumber}.`,
        [opened.reason],
      );
    return detail(deps, opened.value, asker);
  });
  serve(app, deps, CASE_CALLS.actOnCase, async ({ params, body: { store: code, ...act }, asker }) => {
    const { id } = await ownCase(deps, asker, idOf<"Case">(params.id));
    const store = code === null ? null : await storeIdOf(deps, asker, code);
    const done = await deps.cases.act({ ...act, by: doerOf(asker, act.by), store, id });
    if (!done.ok) throw actRefusal(done.reason);
    return detail(deps, done.value, asker);
  });
}

/** A case that a store of whoever asks deals with. */
async function ownCase({ storage }: ServerDeps, { stores }: Asker, id: CaseId): Promise<Case> {
  const found = await storage.read((tx) => tx.case(id));
  if (found === null || !reachesStore(stores, found.store)) throw noSuchCase();
  return found;
}

function policyOf(store: StoreSettings): CaseStorePolicy {
  return { code: store.code, name: store.name, policy: casePolicyOf(store) };
}

function detail(deps: ServerDeps, of: Case, { stores: reach }: Asker): Promise<HqCase> {
  return deps.storage.read((tx) => caseDetailOf(tx, of, { at: deps.now(), reach }));
}

async function storeIdOf(deps: ServerDeps, asker: Asker, code: string): Promise<StoreId> {
  return (await deps.storage.read((tx) => ownStoreCalled(tx, asker, code))).store;
}

const REFUSALS: Readonly<Record<CaseActRefusal, () => Refusal>> = {
  noSuchCase,
  notNow: () =>
    new Refusal("conflict", "The case has gone on since: look at it again and choose anew.", ["notNow"]),
  outcomeMissing: () => new Refusal("badRequest", "A case is closed with an outcome.", ["outcomeMissing"]),
  nothingNoted: () => new Refusal("badRequest", "There is nothing in this act.", ["nothingNoted"]),
  tooManyActs: () => new Refusal("conflict", "This case is full: open a new one.", ["tooManyActs"]),
};

function actRefusal(reason: CaseActRefusal): Refusal {
  return REFUSALS[reason]();
}

function noSuchCase(): Refusal {
  return new Refusal("notFound", "There is no such case.", ["noSuchCase"]);
}
