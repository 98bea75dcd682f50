import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KeyScope } from "#domain/access/key-scopes.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { isVersion } from "#domain/updates/version.ts";
import type { NewerAnswer, NewerRequest } from "#protocol/sync/newer.ts";
import { PROGRAM_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION, VERSIONS_APART } from "#protocol/version.ts";
import type { ApiKeyRecord, DeviceRecord, ReadTransaction, Storage } from "../storage/port.ts";
import type { Contacts } from "../sync/contacts.ts";
import { hashSecret } from "../sync/enrol.ts";
import type { PageAsk, StandingInStore } from "../sync/pull.ts";
import type { Pulled } from "../sync/pull-desk.ts";
import type { FormerMachine } from "../sync/take-over.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";

function bearer(request: FastifyRequest): string | null {
  const found = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? "");
  return found?.[1] ?? null;
}

/** The token of a till that may not be known. Throws a refusal where there is none. */
export function tokenOf(request: FastifyRequest): string {
  const token = bearer(request);
  if (token === null) throw new Refusal("unauthorised", "This address needs a till's token.");
  return token;
}

/**
 * The till that asks. Its token is looked up by its SHA-256, so that the time an answer takes tells nothing of the token.
 * Throws a refusal when there is none, when it was revoked, or when the till speaks a protocol that this server does not.
 */
export async function askingDevice(
  request: FastifyRequest,
  { storage, contacts }: Pick<ServerDeps, "storage" | "contacts">,
): Promise<DeviceRecord> {
  return storage.ask((tx) => askingDeviceIn(tx, request, { contacts }));
}

/** As `askingDevice`, for whoever reads more of the same state: what a till asks most often is one transaction. */
export async function askingDeviceIn(
  tx: ReadTransaction,
  request: FastifyRequest,
  { contacts }: Pick<ServerDeps, "contacts">,
): Promise<DeviceRecord> {
  const asking = await asks(tx, request, { contacts });
  if (asking.is === "former") throw isAnothers();
  return asking.device;
}

/** The till that asks, or the machine that had its register before another one. Throws a refusal for whoever is neither, as `askingDevice` does. */
export async function askingTillOrFormer(
  request: FastifyRequest,
  { storage, contacts }: Pick<ServerDeps, "storage" | "contacts">,
): Promise<Asking> {
  return storage.ask((tx) => asks(tx, request, { contacts }));
}

/**
 * Pages for the till that asks (see `PullDesk`). Throws a refusal as `askingDevice` does, and what `asks` throws of whoever is a till: what is wrong with a question is for
 * nobody else to know.
 */
export async function askedPages(
  request: FastifyRequest,
  asks: () => readonly PageAsk[],
  deps: Desk,
): Promise<Pulled["pages"]> {
  const asked = tried(asks);
  const pulled = await atDesk(request, (hash) => deps.pullDesk.pull(hash, asked.ok ? asked.value : []), deps);
  if (!asked.ok) throw asked.reason;
  return pulled.pages;
}

/** The same for what is newer than these checkpoints. */
export async function askedNewer(
  request: FastifyRequest,
  checkpoints: () => NewerRequest["checkpoints"],
  deps: Desk,
): Promise<NewerAnswer> {
  const asked = tried(checkpoints);
  const { newer } = await atDesk(
    request,
    (hash) => (asked.ok ? deps.pullDesk.newer(hash, asked.value) : deps.pullDesk.pull(hash, [])),
    deps,
  );
  if (!asked.ok) throw asked.reason;
  if (newer === null) throw storeGone();
  return newer;
}

/** The till that asks, with its store, for whoever is to listen: a thousand that come back are looked up together. Throws a refusal as `askingDevice` does. */
export async function askingInStore(
  request: FastifyRequest,
  deps: Desk,
): Promise<StandingInStore & { readonly tokenHash: string }> {
  const { standing } = await atDesk(request, (hash) => deps.pullDesk.pull(hash, []), deps);
  return { ...standing, tokenHash: hashSecret(tokenOf(request)) };
}

type Desk = Pick<ServerDeps, "pullDesk" | "storage" | "contacts">;

async function atDesk(
  request: FastifyRequest,
  ask: (tokenHash: string) => Promise<Pulled | null>,
  { storage, contacts }: Desk,
): Promise<Pulled & { readonly standing: StandingInStore }> {
  const hash = tokenHashOf(request);
  const pulled = hash === null ? null : await ask(hash);
  if (hash !== null && pulled === null && (await storage.ask((tx) => tx.formerMachine(hash))) !== null)
    throw isAnothers();
  allowed(request, pulled?.standing.device ?? null, contacts);
  const store = pulled?.standing.store ?? null;
  if (pulled === null || store === null) throw storeGone();
  return { ...pulled, standing: { ...pulled.standing, store } };
}

function tried<T>(work: () => T): Result<T, unknown> {
  try {
    return ok(work());
  } catch (error) {
    return refused(error);
  }
}

/** By what the token that was sent is known here; null where none was. */
function tokenHashOf(request: FastifyRequest): string | null {
  const token = bearer(request);
  return token === null ? null : hashSecret(token);
}

function isAnothers(): Refusal {
  return new Refusal("deviceRevoked", "Another machine has this till's register now.");
}

/** A till whose store is gone can read nothing. */
export function storeGone(): Refusal {
  return new Refusal("notFound", "This till's store does not exist any more.");
}

type Asking =
  | { readonly is: "till"; readonly device: DeviceRecord }
  | { readonly is: "former"; readonly machine: FormerMachine };

async function asks(
  tx: ReadTransaction,
  request: FastifyRequest,
  { contacts }: Pick<ServerDeps, "contacts">,
): Promise<Asking> {
  const hash = tokenHashOf(request);
  const device = hash === null ? null : await tx.deviceByToken(hash);
  const machine = hash === null || device !== null ? null : await tx.formerMachine(hash);
  if (machine !== null) return { is: "former", machine };
  return { is: "till", device: allowed(request, device, contacts) };
}

/** `contacts` hear of the till. */
function allowed(request: FastifyRequest, device: DeviceRecord | null, contacts: Contacts): DeviceRecord {
  const apart = versionOf(request) - PROTOCOL_VERSION;
  if (apart > VERSIONS_APART)
    throw new Refusal(
      "protocolTooOld",
      "This server is much older than the till. Update the server first; nothing is lost.",
    );
  if (apart < -VERSIONS_APART)
    throw new Refusal(
      "protocolTooOld",
      "This till is much older than the server. Update it; nothing is lost.",
    );
  if (device === null) throw new Refusal("unauthorised", "This till is not known here. Pair it again.");
  if (device.revokedAt !== null) throw new Refusal("deviceRevoked", "HQ has revoked this till.");
  contacts.heard(device.id, tillClock(request), tillVersion(request));
  return device;
}

/** Whether the till that asks speaks a later version of the protocol than this server. */
export function isLaterTill(request: FastifyRequest): boolean {
  return versionOf(request) > PROTOCOL_VERSION;
}

/** The version of the protocol that a till speaks. Whoever does not say speaks this one. */
export function versionOf(request: FastifyRequest): number {
  const said = request.headers[PROTOCOL_HEADER];
  return typeof said === "string" && /^\d{1,6}$/.test(said) ? Number(said) : PROTOCOL_VERSION;
}

/** What the till's clock said as it asked; null when it did not say or said nonsense. */
function tillClock(request: FastifyRequest): Instant | null {
  const said = request.headers["onetill-clock"];
  return typeof said === "string" && /^\d{1,15}$/.test(said) ? instant(Number(said)) : null;
}

/** Which program the till said it runs; null when it did not say or said nonsense. */
function tillVersion(request: FastifyRequest): string | null {
  const said = request.headers[PROGRAM_HEADER];
  return typeof said === "string" && isVersion(said) ? said : null;
}

/** Lets a request through by an API key that has one of these scopes, looked up by hash as well. Answers the key. */
export async function requireKey(
  request: FastifyRequest,
  storage: Storage,
  scopes: readonly KeyScope[],
): Promise<ApiKeyRecord> {
  const secret = bearer(request);
  const key = secret === null ? null : await storage.read((tx) => tx.apiKey(hashSecret(secret)));
  if (key === null)
    throw new Refusal(
      "unauthorised",
      scopes.includes("shop")
        ? "This address needs a shop's key: Authorization: Bearer KEY."
        : "Sign in, or send an HQ key: Authorization: Bearer KEY.",
    );
  if (!scopes.includes(key.scope))
    throw new Refusal(
      "forbidden",
      `This key is of scope ${key.scope}; this address needs one of scope ${scopes.join(" or ")}.`,
    );
  return key;
}

const KEY = "apiKey";

/** Lets requests of these scopes through, as `requireKey` does, and keeps with each the key it came with. */
export function keepKey(
  app: FastifyInstance,
  { storage, keyUses }: Pick<ServerDeps, "storage" | "keyUses">,
  scopes: readonly KeyScope[],
): void {
  app.decorateRequest(KEY, null);
  // Behind the limit of requests, which is asked in `onRequest` after all others: else guesses at keys would be free.
  app.addHook("preParsing", async (request) => {
    const key = await requireKey(request, storage, scopes);
    keyUses.used(key.hash);
    request.setDecorator(KEY, key);
  });
}

/** The key that a request came with, where `keepKey` let it through. */
export function keyOf(request: FastifyRequest): ApiKeyRecord {
  return request.getDecorator<ApiKeyRecord>(KEY);
}
