import { z } from "zod";
import { shopCaseSchema } from "#protocol/shop/case.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { shopReturnSchema } from "#protocol/shop/return.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { CASE_EVENTS } from "../events/case-events.ts";
import { ORDER_EVENTS } from "../events/order-events.ts";
import { RETURN_EVENTS } from "../events/return-events.ts";
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
        "Orders to be collected in or shipped from stores, goods that come back by mail, what each store can promise, and baskets that are begun on one side and finished on the other. " +
        "Every refusal has one body: `reason` is for programs, `message` and `details` are for people.",
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    paths,
    webhooks: {
      ...eventsOf(ORDER_EVENTS, "Order"),
      ...eventsOf(RETURN_EVENTS, "Return"),
      ...eventsOf(CASE_EVENTS, "Case"),
    },
    components: {
      schemas: {
        Refusal: shapeOf(errorBodySchema, "output"),
        Order: shapeOf(shopOrderSchema, "output"),
        Return: shapeOf(shopReturnSchema, "output"),
        Case: shapeOf(shopCaseSchema, "output"),
      },
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description:
            "A key of scope `shop` or `hq`. HQ makes one with `npm run hq -- key --scope shop`, for one channel with `--channel`.",
        },
      },
    },
  };
}

function operationOf(name: string, call: ApiCall): Json {
  const parameters = [...parametersOf(call.params, "path"), ...parametersOf(call.query, "query")];
  const content = contentOf(call.answer);
  const said = call.answers.map(({ status, words }) => [String(status), { description: words, content }]);
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

function contentOf(answer: ApiCall["answer"]): Json {
  if ("schema" in answer)
    return {
      "application/json": { schema: shapeOf(answer.schema, "output"), example: answer.example },
    };
  return Object.fromEntries(answer.files.map((type) => [type, { schema: { type: "string" } }]));
}

function eventsOf(events: Readonly<Record<string, string>>, schema: string): Json {
  return Object.fromEntries(
    Object.entries(events).map(([type, words]) => [type, { post: eventOf(type, words, schema) }]),
  );
}

/** What an endpoint of HQ's choosing is sent: headers and signature by the Standard Webhooks specification. */
function eventOf(type: string, words: string, schemaName: string): Json {
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    required: true,
    description,
    schema: { type: "string" },
  });
  return {
    operationId: type,
    summary: type,
    description: `${words} Signed by the Standard Webhooks specification; answer 2xx within 15 seconds, else it is sent again.`,
    security: [],
    parameters: [
      header("webhook-id", "The same on every try: know an event again by it."),
      header("webhook-timestamp", "Seconds since the epoch, of this try."),
      header("webhook-signature", "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`."),
    ],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: {
            type: "object",
            properties: {
              type: { const: type },
              timestamp: { type: "string", format: "date-time" },
              data: { $ref: `#/components/schemas/${schemaName}` },
            },
            required: ["type", "timestamp", "data"],
          },
        },
      },
    },
    responses: { "2XX": { description: "It was received." } },
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
