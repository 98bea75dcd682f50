import type { FastifyRequest } from "fastify";
import type { Right } from "#domain/access/rights.ts";
import { type HqRole, mayAtHq, type StoreReach } from "#domain/access/roles.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import type { HqCall } from "./hq-call.ts";

/** Who asks something of HQ: a person who signed in, or a program with a key. */
export type Asker = {
  /** As the audit log names them. */
  readonly name: string;
  /** Whose data they see and change; null: every store's. */
  readonly stores: StoreReach;
} & (
  | { readonly kind: "user"; readonly id: string; readonly role: HqRole }
  | { readonly kind: "key"; readonly id: string; readonly key: ApiKeyRecord }
);

const KEY_ID_CHARS = 12;

/** Whoever asks. Throws a refusal where nobody is known by what was sent. */
export async function askerOf(request: FastifyRequest, { storage }: ServerDeps): Promise<Asker> {
  const key = await requireKey(request, storage, ["hq"]);
  return { kind: "key", id: key.hash.slice(0, KEY_ID_CHARS), key, name: key.name, stores: null };
}

/** Throws a refusal where whoever asks has not the right of a call, or works for some stores only and it concerns all. */
export function mayAsk(asker: Asker, { right, reach }: Pick<HqCall, "right" | "reach">): void {
  if (right !== null && !hasRight(asker, right))
    throw new Refusal("forbidden", "Your role does not allow this. Ask an admin.", [right]);
  if (reach === "allStores" && asker.stores !== null)
    throw new Refusal("forbidden", "This concerns all stores, and you work for some of them. Ask an admin.");
}

/** Whether whoever asks has a right: a person by their role, a key of HQ always. */
export function hasRight(asker: Asker, right: Right): boolean {
  return asker.kind === "key" || mayAtHq(asker.role, right);
}

/** What stores read of whoever asks; a key need not have a name. */
export function calledAtHq({ name }: Pick<Asker, "name">): string {
  return name === "" ? "HQ" : name;
}
