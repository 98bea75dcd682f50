import { CASE_EVENTS } from "../events/case-events.ts";
import { ORDER_EVENTS } from "../events/order-events.ts";
import { PRODUCT_EVENTS } from "../events/product-events.ts";
import { RETURN_EVENTS } from "../events/return-events.ts";
import { DAY_EVENTS, SALE_EVENTS } from "../events/sale-events.ts";
import { STATUS } from "./errors.ts";
import type { HqCall } from "./hq-call.ts";
import { hqOperationOf, parametersOf } from "./openapi-hq.ts";
import { type Json, Shapes, type SharedShape } from "./openapi-shapes.ts";
import type { ApiCall } from "./shop-api.ts";

/** Groups of HQ's calls by the area that they are about, in people's words. */
export type HqAreas = Readonly<Record<string, readonly Readonly<Record<string, HqCall>>[]>>;

const SHOP_AREA = "Web shops";

/**
 * The OpenAPI 3.1 description of the calls of web shops and of HQ. Shapes are those of the schemas that check the requests, so that the two cannot
 * differ.
 */
export function openApiOf(shop: Readonly<Record<string, ApiCall>>, hq: HqAreas): Json {
  const shapes = new Shapes();
  const paths: Record<string, Record<string, unknown>> = {};
  const put = ({ path, method }: Pick<ApiCall, "path" | "method">, operation: Json) => {
    const named = path.replaceAll(/:(\w+)/g, "{$1}");
    paths[named] = { ...paths[named], [method.toLowerCase()]: operation };
  };
  for (const [name, call] of Object.entries(shop)) put(call, operationOf(name, call, shapes));
  for (const [area, groups] of Object.entries(hq))
    for (const [name, call] of groups.flatMap((calls) => Object.entries(calls)))
      put(call, hqOperationOf(name, call, { area, shapes }));
  return {
    openapi: "3.1.0",
    info: {
      title: "Onetill: what programs can ask",
      version: "1",
      description:
        "Web shops: orders to be collected in or shipped from stores, goods that come back by mail, what each store can promise, and baskets that are begun on one side and finished on the other. " +
        "HQ: all that its console shows and does, for people and for programs. " +
        "Every refusal has one body: `reason` is for programs, `message` and `details` are for people.",
    },
    servers: [{ url: "/" }],
    tags: [SHOP_AREA, ...Object.keys(hq)].map((name) => ({ name })),
    paths,
    webhooks: {
      ...eventsOf(ORDER_EVENTS, shapes, "Order"),
      ...eventsOf(RETURN_EVENTS, shapes, "Return"),
      ...eventsOf(CASE_EVENTS, shapes, "Case"),
      ...eventsOf(SALE_EVENTS, shapes, "SoldTicket"),
      ...eventsOf(DAY_EVENTS, shapes, "ClosedDay"),
      ...eventsOf(PRODUCT_EVENTS, shapes, "ProductsChanged"),
    },
    components: {
      schemas: shapes.components(),
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description:
            "A key of scope `shop` or `hq`. HQ makes one with `npm run hq -- key --scope shop`, for one channel with `--channel`.",
        },
        hqKey: {
          type: "http",
          scheme: "bearer",
          description:
            "A key of scope `hq`. HQ makes one with `npm run hq -- key --scope hq`, or in its console.",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "onetill_session",
          description:
            "Somebody who signed in with `POST /hq/v1/session`; over TLS its name begins with `__Host-`. Whatever changes something also needs the header `onetill-console: 1` from a page of this server.",
        },
      },
    },
  };
}

function operationOf(name: string, call: ApiCall, shapes: Shapes): Json {
  const parameters = [
    ...parametersOf(call.params, { where: "path", shapes }),
    ...parametersOf(call.query, { where: "query", shapes }),
  ];
  const content = contentOf(call.answer, shapes);
  const said = call.answers.map(({ status, words }) => [String(status), { description: words, content }]);
  const refused = [...new Set(call.refusals.map((reason) => STATUS[reason]))].sort().map((status) => [
    String(status),
    {
      description: call.refusals.filter((reason) => STATUS[reason] === status).join(", "),
      content: { "application/json": { schema: shapes.named("Refusal") } },
    },
  ]);
  return {
    operationId: name,
    tags: [SHOP_AREA],
    security: [{ key: [] }],
    summary: call.summary,
    description: call.words,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(call.body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              "application/json": {
                schema: shapes.of(call.body.schema, "input"),
                example: call.body.example,
              },
            },
          },
        }),
    responses: Object.fromEntries([...said, ...refused]),
  };
}

function contentOf(answer: ApiCall["answer"], shapes: Shapes): Json {
  if ("schema" in answer)
    return {
      "application/json": { schema: shapes.of(answer.schema, "output"), example: answer.example },
    };
  return Object.fromEntries(answer.files.map((type) => [type, { schema: { type: "string" } }]));
}

function eventsOf(events: Readonly<Record<string, string>>, shapes: Shapes, schema: SharedShape): Json {
  return Object.fromEntries(
    Object.entries(events).map(([type, words]) => [
      type,
      { post: eventOf(type, words, shapes.named(schema)) },
    ]),
  );
}

/** What an endpoint of HQ's choosing is sent: headers and signature by the Standard Webhooks specification. */
function eventOf(type: string, words: string, data: Json): Json {
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
              data,
            },
            required: ["type", "timestamp", "data"],
          },
        },
      },
    },
    responses: { "2XX": { description: "It was received." } },
  };
}
