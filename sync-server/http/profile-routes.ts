import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { likenessOf } from "#domain/customer/duplicates.ts";
import { type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { creditBalance } from "#domain/value/credit.ts";
import {
  type CustomerView,
  changeCustomerSchema,
  customerRulesSchema,
  type DuplicatesAnswer,
  eraseCustomerSchema,
  exportQuerySchema,
  mergeCustomerSchema,
  pairSchema,
} from "#protocol/hq/customers.ts";
import { belongingsOf, openPoints, outstanding, unfinished } from "../customers/belongings.ts";
import type { Sayer } from "../customers/desk.ts";
import type { EraseRefusal } from "../customers/erase.ts";
import { exportPage } from "../customers/export-page.ts";
import type { UndoRefusal } from "../customers/merging.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { keepKey, keyOf } from "./auth.ts";
import { noSuchCustomer } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { customerParamsSchema } from "./shop-api.ts";
import { validated } from "./validate.ts";

const MAX_EDITS_SHOWN = 200;
const MAX_DUPLICATES_SHOWN = 200;
const mergeParams = z.object({ id: z.string().min(1).max(64) });

/** What HQ does with profiles (protocol/hq/customers.ts). */
export function registerProfileRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { customers, storage } = deps;
  app.register(async (hq) => {
    keepKey(hq, storage, ["hq"]);
    hq.get("/hq/v1/customers/inactive", async () => ({ customers: await customers.inactive() }));
    hq.get("/hq/v1/customers/:id", (request) => view(deps, idIn(request)));
    hq.post("/hq/v1/customers", async (request, reply) => {
      const changes = saidBy(request, deps.now());
      return reply.code(201).send({ customer: await customers.register(changes, sayerOf(request)) });
    });
    hq.put("/hq/v1/customers/:id", async (request) => {
      const changes = saidBy(request, deps.now());
      const customer = await customers.change(idIn(request), changes, sayerOf(request));
      if (customer === null) throw noSuchCustomer();
      return { customer };
    });
    hq.get("/hq/v1/customers/:id/export", (request, reply) => sendExport(deps, request, reply));
    hq.post("/hq/v1/customers/:id/erase", async (request) => {
      const { name } = validated(eraseCustomerSchema, request.body);
      const customer = await storage.read((tx) => tx.customer(idIn(request)));
      if (customer !== null && customer.name.trim() !== name.trim())
        throw new Refusal("conflict", "The name that was typed is not the customer's.");
      const erased = await customers.erase(idIn(request));
      if (!erased.ok) throw eraseRefusal(erased.reason);
      return erased.value;
    });
    hq.post("/hq/v1/customers/:id/merge", async (request) => {
      const { former } = validated(mergeCustomerSchema, request.body);
      const merged = await customers.merge({ survivor: idIn(request), former, by: sayerOf(request).by });
      if (merged.ok) return { customer: merged.value };
      if (merged.reason === "same") throw new Refusal("conflict", "Both are one profile already.");
      throw noSuchCustomer();
    });
    hq.post("/hq/v1/customer-merges/:id/undo", async (request) => {
      const { id } = validated(mergeParams, request.params);
      const undone = await customers.undo({ id, by: sayerOf(request).by });
      if (!undone.ok) throw undoRefusal(undone.reason);
      return undone.value;
    });
    hq.get("/hq/v1/customer-duplicates", () => storage.read(duplicates));
    hq.post("/hq/v1/customer-duplicates/search", async () => ({ pairs: await customers.searchDuplicates() }));
    hq.post("/hq/v1/customer-duplicates/dismiss", async (request) => ({
      dismissed: await customers.dismiss(validated(pairSchema, request.body)),
    }));
    hq.get("/hq/v1/customer-rules", () => customers.rules());
    hq.put("/hq/v1/customer-rules", (request) =>
      customers.putRules(validated(customerRulesSchema, request.body)),
    );
  });
}

function idIn(request: FastifyRequest): CustomerId {
  return idOf<"Customer">(validated(customerParamsSchema, request.params).id);
}

function sayerOf(request: FastifyRequest): Sayer {
  const { name } = keyOf(request);
  const by = name === "" ? "HQ" : name;
  return { source: `hq ${by}`, by };
}

/** Consents that HQ notes are said where and when it notes them. */
function saidBy(request: FastifyRequest, at: Instant): ProfileChanges {
  const { changes } = validated(changeCustomerSchema, request.body);
  const { source } = sayerOf(request);
  return changes.consents == null
    ? changes
    : { ...changes, consents: changes.consents.map((each) => ({ ...each, source, at })) };
}

function view({ storage, now }: ServerDeps, id: CustomerId): Promise<CustomerView> {
  return storage.read(async (tx) => {
    const customer = await tx.customer(id);
    if (customer === null) throw noSuchCustomer();
    const ids = await tx.customerIds(customer.id);
    const belongings = await belongingsOf(tx, { ids, at: now() });
    const all = await tx.stores();
    const names = new Map(all.map(({ store, name }) => [store, name]));
    const stores = await tx.storesOfCustomer(ids);
    const merges = await tx.customerMerges(ids);
    return {
      customer,
      edits: (await tx.customerEdits(ids, MAX_EDITS_SHOWN)).map((edit) => ({
        ...edit,
        before: { ...edit.before },
      })),
      merges: merges.map(({ id: merge, at, by, pair: { survivor, former }, undone }) => ({
        ...{ id: merge, at, by, survivor, former, undone },
      })),
      stores: stores.map((store) => ({ store, name: names.get(store) ?? store })),
      credits: outstanding(belongings).map(({ id: credit, sums }) => ({
        id: credit,
        balance: creditBalance(sums),
        issuedAt: sums.issuedAt,
      })),
      points: openPoints(belongings),
      knownGroups: groupsOf(all),
      unfinished: [...unfinished(belongings)],
      duplicates: await duplicatesOf(tx, customer),
    };
  });
}

function groupsOf(stores: readonly StoreSettings[]): CustomerView["knownGroups"] {
  const groups = stores.flatMap(({ customerGroups = [] }) => customerGroups);
  return [...new Map(groups.map(({ id, name }) => [id, { id, name }])).values()];
}

async function duplicatesOf(tx: ReadTransaction, customer: Customer): Promise<CustomerView["duplicates"]> {
  const found: CustomerView["duplicates"] = [];
  for (const other of await tx.customersAlike(customer, MAX_DUPLICATES_SHOWN)) {
    const likeness = likenessOf(customer, other);
    const listed = await tx.duplicate({ one: customer.id, other: other.id });
    if (likeness === null || listed?.isDismissed === true) continue;
    found.push({ customer: other, score: likeness.score, reasons: [...likeness.reasons] });
  }
  return found.toSorted((a, b) => b.score - a.score);
}

async function duplicates(tx: ReadTransaction): Promise<DuplicatesAnswer> {
  const listed: DuplicatesAnswer["duplicates"] = [];
  for (const { one, other, score, reasons } of await tx.duplicates(MAX_DUPLICATES_SHOWN)) {
    const [first, second] = [await tx.customer(one), await tx.customer(other)];
    if (first !== null && second !== null && first.id !== second.id)
      listed.push({ one: first, other: second, score, reasons: [...reasons] });
  }
  return { duplicates: listed };
}

async function sendExport(
  { customers }: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { format } = validated(exportQuerySchema, request.query);
  const everything = await customers.export(idIn(request));
  if (everything === null) throw noSuchCustomer();
  void reply.header("cache-control", "no-store");
  return format === "html"
    ? reply.type("text/html; charset=utf-8").send(exportPage(everything))
    : reply.type("application/json; charset=utf-8").send(JSON.stringify(everything, null, 2));
}

export function eraseRefusal(reason: EraseRefusal): Refusal {
  return reason.why === "noSuchCustomer"
    ? noSuchCustomer()
    : new Refusal("conflict", "Something is still due to this customer: finish or cancel it first.", [
        ...reason.numbers,
      ]);
}

const UNDO_WORDS = {
  alreadyUndone: "This merge was undone already.",
  mergedOn: "The profile became part of another since. Undo that first.",
} as const;

function undoRefusal(reason: UndoRefusal): Refusal {
  return reason === "noSuchMerge"
    ? new Refusal("notFound", "There is no such merge.")
    : new Refusal("conflict", UNDO_WORDS[reason], [reason]);
}
