import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { type MakeKeyAnswer, makeKeyRequestSchema } from "#protocol/hq/keys.ts";
import { hashSecret } from "../sync/enrol.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { validated } from "./validate.ts";

const KEY_BYTES = 32;

/** `POST /hq/v1/keys`: a key for a program, told once and kept as a hash. */
export function registerKeysRoutes(app: FastifyInstance, { storage, now }: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.post("/hq/v1/keys", async (request, reply) => {
      const { scope, name } = validated(makeKeyRequestSchema, request.body);
      const key = `${scope}_${randomBytes(KEY_BYTES).toString("base64url")}`;
      const createdAt = now();
      await storage.write((tx) => tx.addKey({ hash: hashSecret(key), scope, name, at: createdAt }));
      const answer: MakeKeyAnswer = { key, scope, name, createdAt };
      return reply.code(201).header("cache-control", "no-store").send(answer);
    });
  });
}
