import type { FastifyRequest } from "fastify";
import { KEY_SCOPES, keyMay } from "#domain/access/key-scopes.ts";
import type { Right } from "#domain/access/rights.ts";
import { type HqRole, mayAtHq, type StoreReach } from "#domain/access/roles.ts";
import { reachOf } from "#domain/access/users.ts";
import type { SignedIn } from "../access/sessions.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import type { HqCall } from "./hq-call.ts";
import { signedIn } from "./session-cookie.ts";

/** Who asks something of HQ: a person who signed in, or a program with a key. */
export type Asker = {
  /** As the audit log names them. */
  readonly name: string;
  /** Whose data they see and change; null: every store's. */
  readonly stores: StoreReach;
} & (
  | { readonly kind: "user"; readonly id: string; readonly role: HqRole; readonly signedIn: SignedIn }
  | { readonly kind: "key"; readonly id: string; readonly key: ApiKeyRecord }
);

const KEY_ID_CHARS = 12;
/** A web shop has addresses of its own. */
const HQ_SCOPES = KEY_SCOPES.filter((scope) => scope !== "shop");

/** Whoever asks. Throws a refusal where nobody is known by what was sent. */
export async function askerOf(
  request: FastifyRequest,
  { storage, keyUses }: Pick<ServerDeps, "storage" | "keyUses">,
): Promise<Asker> {
  const person = await signedIn(request);
  if (person !== null) {
    const { id, name, role, stores } = person.user;
    return { kind: "user", id, name, role, stores: reachOf({ role, stores }), signedIn: person };
  }
  const key = await requireKey(request, storage, HQ_SCOPES);
  keyUses.used(key.hash);
  return { kind: "key", id: key.hash.slice(0, KEY_ID_CHARS), key, name: key.name, stores: null };
}

/** Throws a refusal where whoever asks has not the right of a call, or works for some stores only and it concerns all. */
export function mayAsk(asker: Asker, { right, reach }: Pick<HqCall, "right" | "reach">): void {
  if (right !== null && !hasRight(asker, right))
    throw new Refusal(
      "forbidden",
      asker.kind === "key"
        ? `A key of scope ${asker.key.scope} does not open this address.`
        : "Your role does not allow this. Ask an admin.",
      [right],
    );
  if (reach === "allStores" && asker.stores !== null)
    throw new Refusal("forbidden", "This concerns all stores, and you work for some of them. Ask an admin.");
}

/** Whether whoever asks has a right: a person by their role, a program by the scope of its key. */
export function hasRight(asker: Asker, right: Right): boolean {
  return asker.kind === "key" ? keyMay(asker.key.scope, right) : mayAtHq(asker.role, right);
}

/** Who did something, for what is kept of it: a person by their own name, whatever they say; a program says whom it acts for, or is refused. */
export function doerOf(asker: Asker, said: string): string {
  if (asker.kind === "user") return asker.name;
  if (said === "") throw new Refusal("badRequest", "Say by whom this was decided.", ["by: who decided it"]);
  return said;
}

/** What stores read of whoever asks; a key need not have a name. */
export function calledAtHq({ name }: Pick<Asker, "name">): string {
  return name === "" ? "HQ" : name;
}
