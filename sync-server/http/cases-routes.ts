import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Case } from "#domain/cases/case.ts";
import { casePolicyOf } from "#domain/cases/deadline.ts";
import { type CaseId, idOf, type StoreId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { casePolicySchema } from "#protocol/documents/case.ts";
import {
  type CaseStorePolicy,
  type casesAnswerSchema,
  casesQuerySchema,
  type HqCase,
  hqCaseActSchema,
  hqOpenCaseSchema,
} from "#protocol/hq/cases.ts";
import { imageHashSchema } from "#protocol/scalars.ts";
import { MAX_PUSH_BYTES } from "#protocol/sync/journal.ts";
import type { CaseActRefusal } from "../cases/case-desk.ts";
import { requireKey } from "./auth.ts";
import { caseDetailOf, caseRowOf } from "./case-rows.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { sendPicture } from "./send-picture.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const caseParams = z.object({ id: z.string().min(1).max(64) });
const storeParams = z.object({ code: z.string().max(8) });
const pictureParams = z.object({ hash: imageHashSchema });
/** Photos come with them. */
const WITH_PHOTOS = { bodyLimit: MAX_PUSH_BYTES };

/** What HQ sees of complaints, warranty and repair and does with them (protocol/hq/cases.ts). */
export function registerCasesRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    hq.get("/hq/v1/cases", (request) => cases(deps, request));
    hq.get("/hq/v1/cases/:id", async (request) => {
      const id = caseIdOf(request);
      const found = await deps.storage.read((tx) => tx.case(id));
      if (found === null) throw noSuchCase();
      return detail(deps, found);
    });
    hq.post("/hq/v1/cases", WITH_PHOTOS, async (request, reply) => {
      const { store: code, ...opening } = validated(hqOpenCaseSchema, request.body);
      const opened = await deps.cases.open({ ...opening, store: await storeIdOf(deps, code) });
      if (!opened.ok)
        throw new Refusal(
          "notFound",
          opened.reason === "noSuchStore"
            ? `There is no store ${code}.`
            : `There is no receipt and no order with the number ${opening.purchaseNumber}.`,
          [opened.reason],
        );
      return reply.code(201).send(await detail(deps, opened.value));
    });
    hq.post("/hq/v1/cases/:id/acts", WITH_PHOTOS, async (request) => {
      const { store: code, ...act } = validated(hqCaseActSchema, request.body);
      const store = code === null ? null : await storeIdOf(deps, code);
      const done = await deps.cases.act({ ...act, store, id: caseIdOf(request) });
      if (!done.ok) throw actRefusal(done.reason);
      return detail(deps, done.value);
    });
    hq.get("/hq/v1/case-policies", async () => ({
      stores: (await deps.storage.read((tx) => tx.stores())).map(policyOf),
    }));
    hq.put("/hq/v1/stores/:code/cases", async (request) => {
      const { code } = validated(storeParams, request.params);
      const cases = validated(casePolicySchema, request.body);
      return deps.publisher.publish(async (publication) => {
        const store = await storeCalled(publication.tx, code);
        const changed = { ...store, cases };
        await publication.putStore(changed);
        return policyOf(changed);
      });
    });
    hq.get("/hq/v1/pictures/:hash", async (request, reply) => {
      const { hash } = validated(pictureParams, request.params);
      return sendPicture(deps, { hash, reply });
    });
  });
}

function policyOf(store: StoreSettings): CaseStorePolicy {
  return { code: store.code, name: store.name, policy: casePolicyOf(store) };
}

async function cases(deps: ServerDeps, request: FastifyRequest): Promise<z.infer<typeof casesAnswerSchema>> {
  const { kind, store: code, customer, ...rest } = validated(casesQuerySchema, request.query);
  const at = deps.now();
  const store = code === undefined ? null : await storeIdOf(deps, code);
  return deps.storage.read(async (tx) => {
    const found = await tx.cases({ ...rest, kind: kind ?? null, store, customer: customer ?? null, at });
    const stores = await tx.stores();
    const rows = [];
    for (const of of found.cases) rows.push(await caseRowOf(tx, { of, stores, at }));
    return { cases: rows, total: found.total };
  });
}

function detail(deps: ServerDeps, of: Case): Promise<HqCase> {
  return deps.storage.read((tx) => caseDetailOf(tx, of, deps.now()));
}

async function storeIdOf(deps: ServerDeps, code: string): Promise<StoreId> {
  const store = await deps.storage.read((tx) => tx.storeByCode(code));
  if (store === null) throw new Refusal("notFound", `There is no store ${code}.`);
  return store.store;
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

function caseIdOf(request: FastifyRequest): CaseId {
  return idOf<"Case">(validated(caseParams, request.params).id);
}
