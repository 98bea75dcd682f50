import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  type KeyRow,
  keysAnswerSchema,
  type MakeKeyAnswer,
  makeKeyAnswerSchema,
  makeKeyRequestSchema,
} from "#protocol/hq/keys.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { hashSecret } from "../sync/enrol.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { hqCall, serve } from "./hq-call.ts";

const KEY_BYTES = 32;
const ID_LENGTH = 12;
const keyParams = z.object({ id: z.string().max(64) });

export const KEY_CALLS = {
  makeKey: hqCall({
    method: "POST",
    path: "/hq/v1/keys",
    summary: "Make a key for a program",
    words: "The key is told this once; the server keeps its hash alone.",
    right: "integrations.edit",
    reach: "allStores",
    params: null,
    query: null,
    body: makeKeyRequestSchema,
    example: { scope: "shop", name: "Web shop", channels: ["web"] },
    answer: makeKeyAnswerSchema,
    status: 201,
    refusals: [],
    trail: { subject: "key", id: () => null },
  }),
  keys: hqCall({
    method: "GET",
    path: "/hq/v1/keys",
    summary: "The keys of programs, the oldest first",
    right: "integrations.read",
    reach: "allStores",
    params: null,
    query: null,
    body: null,
    answer: keysAnswerSchema,
    refusals: [],
    trail: "none",
  }),
  revokeKey: hqCall({
    method: "DELETE",
    path: "/hq/v1/keys/:id",
    summary: "Revoke a key: it opens nothing from then on",
    right: "integrations.edit",
    reach: "allStores",
    params: keyParams,
    query: null,
    body: null,
    answer: z.strictObject({}),
    refusals: ["notFound", "conflict"],
    trail: {
      subject: "key",
      id: ({ params }) => params.id,
      state: async (tx, { params }) => {
        const record = (await tx.apiKeys()).find((each) => idOf(each) === params.id);
        return record === undefined ? null : toldOf(record);
      },
    },
  }),
};

/** Keys for programs (protocol/hq/keys.ts): each is told once and kept as a hash. */
export function registerKeysRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, keyUses, now } = deps;
  serve(app, deps, KEY_CALLS.makeKey, async ({ body: { scope, name, channels }, reply }) => {
    const key = `${scope}_${randomBytes(KEY_BYTES).toString("base64url")}`;
    const made = { hash: hashSecret(key), scope, name, channels: [...new Set(channels)], createdAt: now() };
    await storage.write((tx) => tx.addKey(made));
    void reply.header("cache-control", "no-store");
    const answer: MakeKeyAnswer = { key, ...toldOf({ ...made, lastUsedAt: null }) };
    return answer;
  });
  serve(app, deps, KEY_CALLS.keys, async ({ asker }) => {
    // Where nothing can be written just now, what was known before is seen all the same.
    await keyUses.flush().catch(() => undefined);
    const records = await storage.read((tx) => tx.apiKeys());
    const keys = records.map((record): KeyRow => ({ ...toldOf(record), yours: isOf(asker, record) }));
    return { keys };
  });
  serve(app, deps, KEY_CALLS.revokeKey, async ({ params: { id }, asker }) => {
    await storage.write(async (tx) => {
      const record = (await tx.apiKeys()).find((each) => idOf(each) === id);
      if (record === undefined) throw new Refusal("notFound", "There is no such key.");
      // With its own key gone HQ could not ask for another one.
      if (isOf(asker, record))
        throw new Refusal("conflict", "This is the very key you ask with. Revoke it by another HQ key.");
      await tx.removeKey(record.hash);
    });
    return {};
  });
}

function isOf(asker: Asker, { hash }: ApiKeyRecord): boolean {
  return asker.kind === "key" && asker.key.hash === hash;
}

function idOf({ hash }: ApiKeyRecord): string {
  return hash.slice(0, ID_LENGTH);
}

function toldOf(record: ApiKeyRecord): Omit<KeyRow, "yours"> {
  const { scope, name, channels, createdAt, lastUsedAt } = record;
  return { id: idOf(record), scope, name, channels: [...channels], createdAt, lastUsedAt };
}
