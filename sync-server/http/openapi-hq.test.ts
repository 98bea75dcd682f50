import { describe, expect, test } from "vitest";
import { z } from "zod";
import { HQ_API, HQ_AREAS } from "./hq-api.ts";
import { openApiOf } from "./openapi.ts";
import { SHOP_API } from "./shop-api.ts";

const MAX_CHARS = 2_000_000;
const text = JSON.stringify(openApiOf(SHOP_API, HQ_AREAS));
const operation = z.object({
  operationId: z.string().regex(/^[a-zA-Z0-9]+$/),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  description: z.string().min(1),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: z.object({}) })).optional(),
  requestBody: z.object({ content: z.record(z.string(), z.unknown()) }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string().min(1) })),
});
const description = z
  .object({
    openapi: z.literal("3.1.0"),
    tags: z.array(z.object({ name: z.string() })),
    paths: z.record(z.string(), z.record(z.string(), operation)),
    components: z.object({
      schemas: z.record(z.string(), z.unknown()),
      securitySchemes: z.record(z.string(), z.unknown()),
    }),
  })
  .parse(JSON.parse(text));
const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));

describe("the description of everything that can be asked", () => {
  test("has every call of HQ at its address, with its parameters", () => {
    for (const [name, { method, path }] of Object.entries(HQ_API)) {
      const parts = path.replaceAll(/:(\w+)/g, "{$1}");
      const found = description.paths[parts]?.[method.toLowerCase()];
      expect(found?.summary, name).toBe(HQ_API[name]?.summary);
      const inPath = found?.parameters?.filter((each) => each.in === "path").map((each) => each.name) ?? [];
      expect(inPath, name).toEqual([...parts.matchAll(/\{(\w+)\}/g)].map(([, each]) => each));
    }
  });

  test("asks for a key or a session, but for what signs people in", () => {
    const free = operations.filter(({ security }) => security.length === 0);
    expect(free.map(({ operationId }) => operationId).sort()).toEqual([
      "hqAcceptLink",
      "hqLookAtLink",
      "hqSignIn",
    ]);
  });

  test("names each call once", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test("refers to nothing that is not in it, and has no shape that nothing refers to", () => {
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]*)"/g)].map(([, ref]) => ref ?? ""));
    const there = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...referred].sort()).toEqual(there.sort());
  });

  test("puts each call under an area that there is, with a key that it says how to get", () => {
    const areas = description.tags.map(({ name }) => name);
    const schemes = Object.keys(description.components.securitySchemes);
    for (const { tags, security } of operations) {
      expect(areas).toEqual(expect.arrayContaining(tags));
      expect(schemes).toEqual(expect.arrayContaining(security.flatMap((each) => Object.keys(each))));
    }
  });

  test("stays small enough to be read at once", () => {
    expect(text.length).toBeLessThan(MAX_CHARS);
  });

  test("says what whoever asks needs, in words, and whose data they are told", () => {
    const orders = description.paths["/hq/v1/orders"]?.get?.description ?? "";
    expect(orders).toContain("to see orders");
    expect(orders).toContain("store manager");
    expect(orders).toContain("Whoever works for some stores asks for these alone");
  });

  test("files are described as files, beside JSON where both can be asked for", () => {
    const content = (path: string) =>
      z
        .object({ content: z.record(z.string(), z.unknown()) })
        .parse(description.paths[path]?.get?.responses["200"]).content;
    expect(Object.keys(content("/hq/v1/time-clock"))).toEqual(["application/json", "text/csv"]);
    expect(Object.keys(content("/hq/v1/exports"))).toEqual(["application/zip"]);
  });

  test.each(Object.entries(HQ_API).filter(([, { example }]) => example !== undefined))(
    "the example of %s is what the call takes",
    (_, { body, example }) => {
      expect(body?.safeParse(example).error).toBeUndefined();
    },
  );
});
