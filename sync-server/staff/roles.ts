import { ok, type Result, refused } from "#domain/result.ts";
import { type Role, rolesOf } from "#domain/staff/role.ts";
import { type RoleRefusal, withoutRole, withRole } from "#domain/staff/role-change.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";

/** The retailer's roles by the word of its first store: all stores have the same. */
export async function retailersRoles(tx: ReadTransaction): Promise<readonly Role[]> {
  const [first] = await tx.stores();
  return rolesOf(first ?? {});
}

/** How many colleagues have each role who may sign in, by the role's id. */
export async function roleUses(tx: ReadTransaction): Promise<ReadonlyMap<string, number>> {
  const uses = new Map<string, number>();
  for (const { member } of await tx.colleagues({ store: null, active: true, search: "" }))
    uses.set(member.role, (uses.get(member.role) ?? 0) + 1);
  return uses;
}

/** The tills of every store follow a role that is new, or one as it is from now on. */
export async function putRole(publication: Publication, role: Role): Promise<Result<Role, RoleRefusal>> {
  const stores = await publication.tx.stores();
  const currencies = stores.map(({ currency }) => currency);
  const changed = withRole(await retailersRoles(publication.tx), role, currencies);
  if (!changed.ok) return changed;
  await publishRoles(publication, changed.value);
  return ok(role);
}

/** Changes a role that there is. */
export async function changeRole(publication: Publication, role: Role): Promise<Result<Role, RoleRefusal>> {
  const roles = await retailersRoles(publication.tx);
  return roles.some(({ id }) => id === role.id) ? putRole(publication, role) : refused("unknownRole");
}

/** Takes a role away that nobody has who may sign in. */
export async function removeRole(publication: Publication, id: string): Promise<Result<null, RoleRefusal>> {
  const isUsed = (await roleUses(publication.tx)).has(id);
  const changed = withoutRole(await retailersRoles(publication.tx), id, isUsed);
  if (!changed.ok) return changed;
  await publishRoles(publication, changed.value);
  return ok(null);
}

async function publishRoles(publication: Publication, roles: readonly Role[]): Promise<void> {
  for (const store of await publication.tx.stores()) await publication.putStore({ ...store, roles });
}
