import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type KeyRow, type MakeKeyAnswer, makeKeyRequestSchema } from "#protocol/hq/keys.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { hashSecret } from "../sync/enrol.ts";
import { keepKey, keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { validated } from "./validate.ts";

const KEY_BYTES = 32;
const ID_LENGTH = 12;
const keyParams = z.object({ id: z.string().max(64) });

/** Keys for programs (protocol/hq/keys.ts): each is told once and kept as a hash. */
export function registerKeysRoutes(app: FastifyInstance, { storage, now }: ServerDeps): void {
  app.register(async (hq) => {
    keepKey(hq, storage, ["hq"]);
    hq.post("/hq/v1/keys", async (request, reply) => {
      const { scope, name, channels } = validated(makeKeyRequestSchema, request.body);
      const key = `${scope}_${randomBytes(KEY_BYTES).toString("base64url")}`;
      const made = { hash: hashSecret(key), scope, name, channels: [...new Set(channels)], createdAt: now() };
      await storage.write((tx) => tx.addKey(made));
      const answer: MakeKeyAnswer = { key, ...toldOf(made) };
      return reply.code(201).header("cache-control", "no-store").send(answer);
    });
    hq.get("/hq/v1/keys", async (request) => {
      const { hash } = keyOf(request);
      const records = await storage.read((tx) => tx.apiKeys());
      const keys = records.map((record): KeyRow => ({ ...toldOf(record), yours: record.hash === hash }));
      return { keys };
    });
    hq.delete("/hq/v1/keys/:id", async (request) => {
      const { id } = validated(keyParams, request.params);
      const asking = keyOf(request);
      // With its own key gone HQ could not ask for another one.
      if (id === idOf(asking))
        throw new Refusal("conflict", "This is the very key you ask with. Revoke it by another HQ key.");
      await storage.write(async (tx) => {
        const record = (await tx.apiKeys()).find((each) => idOf(each) === id);
        if (record === undefined) throw new Refusal("notFound", "There is no such key.");
        await tx.removeKey(record.hash);
      });
      return {};
    });
  });
}

function idOf({ hash }: ApiKeyRecord): string {
  return hash.slice(0, ID_LENGTH);
}

function toldOf(record: ApiKeyRecord): Omit<KeyRow, "yours"> {
  const { scope, name, channels, createdAt } = record;
  return { id: idOf(record), scope, name, channels: [...channels], createdAt };
}
