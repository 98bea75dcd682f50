import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf, type StaffId, type StoreId } from "#domain/ids.ts";
import type { Result } from "#domain/result.ts";
import type { Role } from "#domain/staff/role.ts";
import type { RoleRefusal } from "#domain/staff/role-change.ts";
import {
  type ColleagueRequest,
  type ColleagueRow,
  colleagueRequestSchema,
  newColleagueRequestSchema,
  pinRequestSchema,
  roleParamsSchema,
  roleRequestSchema,
  staffParamsSchema,
  staffQuerySchema,
} from "#protocol/hq/staff.ts";
import type { ColleagueTerms } from "../staff/people.ts";
import type { Colleague } from "../staff/port.ts";
import { changeRole, putRole, removeRole, retailersRoles, roleUses } from "../staff/roles.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { colleagueRowOf } from "./staff-rows.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

/** Who works for the retailer and what they may do, as HQ decides it (protocol/hq/staff.ts). */
export function registerStaffRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    registerPeople(hq, deps);
    registerRoles(hq, deps);
  });
}

function registerPeople(hq: FastifyInstance, deps: ServerDeps): void {
  const { storage, people } = deps;
  const told = async (done: Result<Colleague, StaffRefusal>): Promise<ColleagueRow> => {
    if (!done.ok) throw refusalOf(done.reason);
    return storage.read(async (tx) => colleagueRowOf(done.value, await namesOf(tx)));
  };
  hq.get("/hq/v1/staff", async (request) => {
    const { store: code, active = null, search } = validated(staffQuerySchema, request.query);
    return storage.read(async (tx) => {
      const store = code === undefined ? null : (await storeCalled(tx, code)).store;
      const ages = (await tx.stores()).map(({ offlinePolicy }) => offlinePolicy.rosterMaxAgeDays);
      return {
        staff: await rowsOf(tx, await tx.colleagues({ store, active, search })),
        rosterMaxAgeDays: Math.max(0, ...ages),
      };
    });
  });
  hq.post("/hq/v1/staff", async (request, reply) => {
    const { pin, ...wanted } = validated(newColleagueRequestSchema, request.body);
    return created(reply, await told(await people.add(await termsOf(deps, wanted), pin)));
  });
  hq.put("/hq/v1/staff/:id", async (request) => {
    const wanted = validated(colleagueRequestSchema, request.body);
    return told(await people.edit(staffIdOf(request), await termsOf(deps, wanted)));
  });
  hq.post("/hq/v1/staff/:id/dismiss", async (request) => told(await people.dismiss(staffIdOf(request))));
  hq.post("/hq/v1/staff/:id/take-back", async (request) => told(await people.takeBack(staffIdOf(request))));
  hq.put("/hq/v1/staff/:id/pin", async (request) => {
    const { pin } = validated(pinRequestSchema, request.body);
    return told(await people.setPin(staffIdOf(request), pin));
  });
  hq.post("/hq/v1/staff/:id/badge", async (request, reply) => {
    const issued = await people.issueBadge(staffIdOf(request));
    if (!issued.ok) throw refusalOf(issued.reason);
    const { colleague, code } = issued.value;
    return created(reply, { colleague: await told({ ok: true, value: colleague }), code });
  });
  hq.delete("/hq/v1/staff/:id/badge", async (request) => told(await people.revokeBadge(staffIdOf(request))));
}

function registerRoles(hq: FastifyInstance, { storage, publisher, newId }: ServerDeps): void {
  hq.get("/hq/v1/roles", () =>
    storage.read(async (tx) => {
      const used = await roleUses(tx);
      const roles = (await retailersRoles(tx)).map((role) => ({ role, used: used.get(role.id) ?? 0 }));
      const [first] = await tx.stores();
      return { roles, currency: first?.currency ?? idOf<"Currency">("EUR") };
    }),
  );
  hq.post("/hq/v1/roles", async (request, reply) => {
    const role: Role = { id: newId(), ...validated(roleRequestSchema, request.body) };
    return created(reply, unwrapped(await publisher.publish((publication) => putRole(publication, role))));
  });
  hq.put("/hq/v1/roles/:id", async (request) => {
    const { id } = validated(roleParamsSchema, request.params);
    const role: Role = { id, ...validated(roleRequestSchema, request.body) };
    return unwrapped(await publisher.publish((publication) => changeRole(publication, role)));
  });
  hq.delete("/hq/v1/roles/:id", async (request) => {
    const { id } = validated(roleParamsSchema, request.params);
    unwrapped(await publisher.publish((publication) => removeRole(publication, id)));
    return {};
  });
}

function created<T>(reply: FastifyReply, body: T): FastifyReply {
  return reply.code(201).send(body);
}

function unwrapped<T>(done: Result<T, RoleRefusal>): T {
  if (!done.ok) throw refusalOf(done.reason);
  return done.value;
}

async function rowsOf(tx: ReadTransaction, colleagues: readonly Colleague[]): Promise<ColleagueRow[]> {
  const names = await namesOf(tx);
  return colleagues.map((colleague) => colleagueRowOf(colleague, names));
}

async function namesOf(tx: ReadTransaction): Promise<Parameters<typeof colleagueRowOf>[1]> {
  return { stores: await tx.stores(), roles: await retailersRoles(tx) };
}

async function termsOf({ storage }: ServerDeps, wanted: ColleagueRequest): Promise<ColleagueTerms> {
  if (wanted.stores === null) return { ...wanted, stores: null };
  const codes = new Set(wanted.stores);
  return storage.read(async (tx) => {
    const stores: StoreId[] = [];
    for (const code of codes) stores.push((await storeCalled(tx, code)).store);
    return { ...wanted, stores };
  });
}

function staffIdOf(request: FastifyRequest): StaffId {
  return validated(staffParamsSchema, request.params).id;
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
