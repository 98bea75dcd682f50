import { z } from "zod";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { STATUS } from "./errors.ts";
import type { ApiCall } from "./shop-api.ts";

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 description of these calls. Shapes are those of the schemas that check the requests, so that the two cannot differ. */
export function openApiOf(calls: Readonly<Record<string, ApiCall>>): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, call] of Object.entries(calls)) {
    const path = call.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operationOf(name, call) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Onetill for web shops",
      version: "1",
      description:
        "Orders to be collected in or shipped from stores, what each store can promise, and baskets that are begun on one side and finished on the other. " +
        "Every refusal has one body: `reason` is for programs, `message` and `details` are for people.",
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    paths,
    components: {
      schemas: { Refusal: shapeOf(errorBodySchema, "output") },
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "A key of scope `shop` or `hq`. HQ makes one with `npm run hq -- key --scope shop`.",
        },
      },
    },
  };
}

function operationOf(name: string, call: ApiCall): Json {
  const parameters = [...parametersOf(call.params, "path"), ...parametersOf(call.query, "query")];
  const answer = { schema: shapeOf(call.answer.schema, "output"), example: call.answer.example };
  const said = call.answers.map(({ status, words }) => [
    String(status),
    { description: words, content: { "application/json": answer } },
  ]);
  const refused = [...new Set(call.refusals.map((reason) => STATUS[reason]))].sort().map((status) => [
    String(status),
    {
      description: call.refusals.filter((reason) => STATUS[reason] === status).join(", "),
      content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
    },
  ]);
  return {
    operationId: name,
    summary: call.summary,
    description: call.words,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: shapeOf(call.body.schema, "input"), example: call.body.example },
            },
          },
        }),
    responses: Object.fromEntries([...said, ...refused]),
  };
}

function parametersOf(schema: z.ZodObject | null, where: "path" | "query"): readonly Json[] {
  if (schema === null) return [];
  const { properties = {}, required = [] } = shapeOf(schema, "input");
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: shape,
  }));
}

function shapeOf(schema: z.ZodType, io: "input" | "output"): z.core.JSONSchema.BaseSchema {
  // OpenAPI 3.1 names the dialect for the whole document.
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, target: "draft-2020-12" });
  return shape;
}
