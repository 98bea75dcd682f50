import type { FastifyInstance } from "fastify";
import { reachesAllOf, reachesStore } from "#domain/access/roles.ts";
import { idOf, type StaffId, type StoreId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { RoleRefusal } from "#domain/staff/role-change.ts";
import type { ColleagueRequest, ColleagueRow } from "#protocol/hq/staff.ts";
import type { ColleagueTerms } from "../staff/people.ts";
import type { Colleague } from "../staff/port.ts";
import { changeRole, putRole, removeRole, retailersRoles, roleUses } from "../staff/roles.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, ownStores, serve, storesAsked } from "./hq-call.ts";
import { STAFF_CALLS } from "./staff-calls.ts";
import { colleagueRowOf } from "./staff-rows.ts";

/** Who works for the retailer and what they may do, as HQ decides it (protocol/hq/staff.ts). */
export function registerStaffRoutes(app: FastifyInstance, deps: ServerDeps): void {
  registerPeople(app, deps);
  registerBadges(app, deps);
  registerRoles(app, deps);
}

function registerPeople(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, people } = deps;
  serve(app, deps, STAFF_CALLS.staff, ({ query: { store: code, active = null, search }, asker }) =>
    storage.read(async (tx) => {
      const store = await storesAsked(tx, asker, code);
      const names = await namesOf(tx, asker);
      const ages = names.stores.map(({ offlinePolicy }) => offlinePolicy.rosterMaxAgeDays);
      const found = await tx.colleagues({ store, active, search });
      return {
        staff: found.map((colleague) => colleagueRowOf(colleague, names)),
        rosterMaxAgeDays: Math.max(0, ...ages),
      };
    }),
  );
  serve(app, deps, STAFF_CALLS.addColleague, async ({ body: { pin, ...wanted }, asker }) =>
    told(deps, asker, await people.add(await termsOf(deps, asker, wanted), pin)),
  );
  serve(app, deps, STAFF_CALLS.editColleague, async ({ params: { id }, body, asker }) => {
    await mayChange(deps, asker, id);
    return told(deps, asker, await people.edit(id, await termsOf(deps, asker, body)));
  });
  serve(app, deps, STAFF_CALLS.dismissColleague, async ({ params: { id }, asker }) => {
    await mayChange(deps, asker, id);
    return told(deps, asker, await people.dismiss(id));
  });
  serve(app, deps, STAFF_CALLS.takeBackColleague, async ({ params: { id }, asker }) => {
    await mayChange(deps, asker, id);
    return told(deps, asker, await people.takeBack(id));
  });
}

function registerBadges(app: FastifyInstance, deps: ServerDeps): void {
  const { people } = deps;
  serve(app, deps, STAFF_CALLS.setPin, async ({ params: { id }, body: { pin }, asker }) => {
    await mayChange(deps, asker, id);
    return told(deps, asker, await people.setPin(id, pin));
  });
  serve(app, deps, STAFF_CALLS.issueBadge, async ({ params: { id }, asker }) => {
    await mayChange(deps, asker, id);
    const issued = await people.issueBadge(id);
    if (!issued.ok) throw refusalOf(issued.reason);
    const { colleague, code } = issued.value;
    return { colleague: await told(deps, asker, { ok: true, value: colleague }), code };
  });
  serve(app, deps, STAFF_CALLS.revokeBadge, async ({ params: { id }, asker }) => {
    await mayChange(deps, asker, id);
    return told(deps, asker, await people.revokeBadge(id));
  });
}

function registerRoles(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher, newId } = deps;
  serve(app, deps, STAFF_CALLS.roles, () =>
    storage.read(async (tx) => {
      const used = await roleUses(tx);
      const roles = (await retailersRoles(tx)).map((role) => ({ role, used: used.get(role.id) ?? 0 }));
      const [first] = await tx.stores();
      return { roles, currency: first?.currency ?? idOf<"Currency">("EUR") };
    }),
  );
  serve(app, deps, STAFF_CALLS.addRole, async ({ body }) => {
    const role = { id: newId(), ...body };
    return unwrapped(await publisher.publish((publication) => putRole(publication, role)));
  });
  serve(app, deps, STAFF_CALLS.changeRole, async ({ params: { id }, body }) => {
    const role = { id, ...body };
    return unwrapped(await publisher.publish((publication) => changeRole(publication, role)));
  });
  serve(app, deps, STAFF_CALLS.removeRole, async ({ params: { id } }) => {
    unwrapped(await publisher.publish((publication) => removeRole(publication, id)));
    return {};
  });
}

function unwrapped<T>(done: Result<T, RoleRefusal>): T {
  if (!done.ok) throw refusalOf(done.reason);
  return done.value;
}

async function told(
  { storage }: ServerDeps,
  asker: Asker,
  done: Result<Colleague, StaffRefusal>,
): Promise<ColleagueRow> {
  if (!done.ok) throw refusalOf(done.reason);
  return storage.read(async (tx) => colleagueRowOf(done.value, await namesOf(tx, asker)));
}

async function namesOf(tx: ReadTransaction, asker: Asker): Promise<Parameters<typeof colleagueRowOf>[1]> {
  return { stores: ownStores(asker, await tx.stores()), roles: await retailersRoles(tx) };
}

/** Refuses for who works in no store of whoever asks as if there were nobody, and for who works elsewhere too. */
async function mayChange({ storage }: ServerDeps, { stores: reach }: Asker, id: StaffId): Promise<void> {
  if (reach === null) return;
  const known = await storage.read((tx) => tx.colleague(id));
  const works = known?.stores ?? null;
  if (known === null || works?.some((store) => reachesStore(reach, store)) === false)
    throw refusalOf("unknownColleague");
  if (!reachesAllOf(reach, works)) throw refusalOf("elsewhereToo");
}

async function termsOf(
  { storage }: ServerDeps,
  asker: Asker,
  wanted: ColleagueRequest,
): Promise<ColleagueTerms> {
  if (wanted.stores === null) {
    if (asker.stores !== null) throw refusalOf("elsewhereToo");
    return { ...wanted, stores: null };
  }
  const codes = new Set(wanted.stores);
  return storage.read(async (tx) => {
    const stores: StoreId[] = [];
    for (const code of codes) stores.push((await ownStoreCalled(tx, asker, code)).store);
    return { ...wanted, stores };
  });
}

const REFUSALS = {
  unknownColleague: ["notFound", "There is no such colleague."],
  unknownStore: ["notFound", "There is no such store."],
  unknownRole: ["notFound", "There is no such role. Give the colleague one that there is."],
  noStore: ["badRequest", "A colleague works in one store at least."],
  notSixDigits: ["badRequest", "A PIN is six digits."],
  easyToGuess: [
    "badRequest",
    "This PIN is among the first that anybody would try. Choose one without a pattern.",
  ],
  elsewhereToo: [
    "forbidden",
    "This colleague works in stores that you do not work for, or would. Ask whoever works for all stores.",
  ],
  dismissed: ["conflict", "Whoever is dismissed gets no badge. Take the colleague back first."],
  nameTaken: ["conflict", "Another role is called that already."],
  tooManyRoles: ["conflict", "There are as many roles as tills read. Take one away that nobody has first."],
  otherCurrency: ["badRequest", "No store keeps its amounts in this currency."],
  inUse: ["conflict", "Colleagues have this role. Give them another one first."],
  nobodyApproves: [
    "conflict",
    "This is the last role whose PIN can allow what others may not do alone. Give that to another role first.",
  ],
} as const;
type StaffRefusal = keyof typeof REFUSALS;

function refusalOf(reason: StaffRefusal): Refusal {
  const [kind, message] = REFUSALS[reason];
  return new Refusal(kind, message, [reason]);
}
