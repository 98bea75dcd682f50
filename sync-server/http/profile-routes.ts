import type { FastifyInstance } from "fastify";
import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { likenessOf } from "#domain/customer/duplicates.ts";
import { type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { creditBalance } from "#domain/value/credit.ts";
import type { CustomerView, DuplicatesAnswer } from "#protocol/hq/customers.ts";
import { belongingsOf, openPoints, outstanding, unfinished } from "../customers/belongings.ts";
import type { Sayer } from "../customers/desk.ts";
import type { EraseRefusal } from "../customers/erase.ts";
import { exportPage } from "../customers/export-page.ts";
import type { UndoRefusal } from "../customers/merging.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import { historyFor, noSuchCustomer } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve } from "./hq-call.ts";
import { PROFILE_CALLS } from "./profile-calls.ts";

const MAX_EDITS_SHOWN = 200;
const MAX_DUPLICATES_SHOWN = 200;

/** What HQ does with profiles (protocol/hq/customers.ts). */
export function registerProfileRoutes(app: FastifyInstance, deps: ServerDeps): void {
  registerProfiles(app, deps);
  registerPrivacy(app, deps);
  registerDuplicates(app, deps);
}

function registerProfiles(app: FastifyInstance, deps: ServerDeps): void {
  const { customers, storage, now } = deps;
  const calls = PROFILE_CALLS;
  serve(app, deps, calls.inactiveCustomers, async () => ({ customers: await customers.inactive() }));
  serve(app, deps, calls.customer, ({ params }) => view(deps, idOf<"Customer">(params.id)));
  serve(app, deps, calls.customerPurchases, ({ request }) => historyFor(deps, request));
  serve(app, deps, calls.registerCustomer, async ({ body: { changes }, asker }) => {
    const sayer = sayerOf(asker);
    return { customer: await customers.register(saidBy(changes, sayer, now()), sayer) };
  });
  serve(app, deps, calls.changeCustomer, async ({ params, body: { changes }, asker }) => {
    const sayer = sayerOf(asker);
    const said = saidBy(changes, sayer, now());
    const customer = await customers.change(idOf<"Customer">(params.id), said, sayer);
    if (customer === null) throw noSuchCustomer();
    return { customer };
  });
  serve(app, deps, calls.customerRules, async ({ asker }) => {
    const { stores, ...rules } = await customers.rules();
    return { ...rules, stores: ownStores(asker, stores) };
  });
  serve(app, deps, calls.putCustomerRules, ({ body }) => customers.putRules(body));
  serve(app, deps, calls.customers, ({ query }) => storage.read((tx) => tx.searchCustomers(query)));
}

function registerPrivacy(app: FastifyInstance, deps: ServerDeps): void {
  const { customers, storage } = deps;
  serve(app, deps, PROFILE_CALLS.exportCustomer, async ({ params, query: { format }, reply }) => {
    const everything = await customers.export(idOf<"Customer">(params.id));
    if (everything === null) throw noSuchCustomer();
    void reply.header("cache-control", "no-store");
    return format === "html"
      ? reply.type("text/html; charset=utf-8").send(exportPage(everything))
      : reply.type("application/json; charset=utf-8").send(JSON.stringify(everything, null, 2));
  });
  serve(app, deps, PROFILE_CALLS.eraseCustomer, async ({ params, body: { name } }) => {
    const id = idOf<"Customer">(params.id);
    const customer = await storage.read((tx) => tx.customer(id));
    if (customer !== null && customer.name.trim() !== name.trim())
      throw new Refusal("conflict", "The name that was typed is not the customer's.");
    const erased = await customers.erase(id);
    if (!erased.ok) throw eraseRefusal(erased.reason);
    return erased.value;
  });
}

function registerDuplicates(app: FastifyInstance, deps: ServerDeps): void {
  const { customers, storage } = deps;
  const calls = PROFILE_CALLS;
  serve(app, deps, calls.mergeCustomers, async ({ params, body: { former }, asker }) => {
    const survivor = idOf<"Customer">(params.id);
    const merged = await customers.merge({ survivor, former, by: sayerOf(asker).by });
    if (merged.ok) return { customer: merged.value };
    if (merged.reason === "same") throw new Refusal("conflict", "Both are one profile already.");
    throw noSuchCustomer();
  });
  serve(app, deps, calls.undoMerge, async ({ params: { id }, asker }) => {
    const undone = await customers.undo({ id, by: sayerOf(asker).by });
    if (!undone.ok) throw undoRefusal(undone.reason);
    return undone.value;
  });
  serve(app, deps, calls.customerDuplicates, () => storage.read(duplicates));
  serve(app, deps, calls.searchDuplicates, async () => ({ pairs: await customers.searchDuplicates() }));
  serve(app, deps, calls.dismissDuplicate, async ({ body }) => ({
    dismissed: await customers.dismiss(body),
  }));
}

function sayerOf({ name }: Asker): Sayer {
  const by = name === "" ? "HQ" : name;
  return { source: `hq ${by}`, by };
}

/** Consents that HQ notes are said where and when it notes them. */
function saidBy(changes: ProfileChanges, { source }: Sayer, at: Instant): ProfileChanges {
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
    const [stores = []] = await tx.storesOfCustomers([ids]);
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
