import fastify from "fastify";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EVENT_TYPES } from "../events/event-types.ts";
import type { ServerDeps } from "./deps.ts";
import { openApiOf } from "./openapi.ts";
import { type ApiCall, SHOP_API } from "./shop-api.ts";
import { registerShopRoutes, type ShopParts } from "./shop-routes.ts";

const description = z
  .object({
    openapi: z.literal("3.1.0"),
    webhooks: z.record(z.string(), z.object({ post: z.object({ description: z.string().min(1) }) })),
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          operationId: z.string(),
          summary: z.string(),
          parameters: z
            .array(z.object({ name: z.string(), in: z.enum(["path", "query"]), required: z.boolean() }))
            .optional(),
          responses: z.record(z.string(), z.object({ description: z.string().min(1) })),
        }),
      ),
    ),
  })
  .parse(JSON.parse(JSON.stringify(openApiOf(SHOP_API, {}))));

async function registered(): Promise<string[]> {
  const app = fastify();
  const routes: string[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) if (each !== "HEAD") routes.push(`${each} ${url}`);
  });
  // Only what is registered is looked at; nothing is asked.
  registerShopRoutes(app, {} as ServerDeps, {} as ShopParts);
  await app.ready();
  return routes;
}

describe("the description of the shops' interface", () => {
  test("every call that the server takes from shops is in it, and no other", async () => {
    const described = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(described.sort()).toEqual((await registered()).sort());
    expect(described).toHaveLength(32);
  });

  test.each(Object.entries<ApiCall>(SHOP_API))("the examples of %s are what its schemas take", (_, call) => {
    if ("schema" in call.answer)
      expect(call.answer.schema.safeParse(call.answer.example).error).toBeUndefined();
    if (call.body !== null) expect(call.body.schema.safeParse(call.body.example).error).toBeUndefined();
  });

  test("each parameter of a path is described and required", () => {
    for (const [path, methods] of Object.entries(description.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(methods)) {
        const inPath = parameters.filter((each) => each.in === "path");
        expect(inPath.map(({ name }) => name)).toEqual(named);
        expect(inPath.every(({ required }) => required)).toBe(true);
      }
    }
  });

  test("every event that endpoints are sent is in it", () => {
    expect(Object.keys(description.webhooks)).toEqual(Object.keys(EVENT_TYPES));
  });

  test("what each call refuses is said with its status", () => {
    const place = description.paths["/shop/v1/orders"]?.post;
    expect(Object.keys(place?.responses ?? {})).toEqual(
      expect.arrayContaining(["200", "201", "400", "401", "403", "429"]),
    );
  });
});
