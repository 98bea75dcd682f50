import type { ErrorBody } from "#protocol/sync/error.ts";
import { STATUS } from "./errors.ts";
import { type HqCall, jsonOf, type Reach } from "./hq-call.ts";
import type { Json, Shapes } from "./openapi-shapes.ts";
import { rightInWords } from "./right-words.ts";

/** What any call may refuse besides what it says of itself. */
const ALWAYS: readonly ErrorBody["reason"][] = ["unauthorised", "forbidden", "tooManyRequests"];

/** One call of HQ as an operation of OpenAPI. */
export function hqOperationOf(
  name: string,
  call: HqCall,
  { area, shapes }: { readonly area: string; readonly shapes: Shapes },
): Json {
  const parameters = [
    ...parametersOf(call.params, { where: "path", shapes }),
    ...parametersOf(call.query, { where: "query", shapes }),
  ];
  return {
    operationId: `hq${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    tags: [area],
    summary: call.summary,
    description: [
      call.words,
      call.open === true ? "Whoever has not signed in may ask it." : rightInWords(call.right),
      reachInWords(call.reach),
    ]
      .filter((words) => words !== undefined && words !== "")
      .join(" "),
    security: call.open === true ? [] : [{ hqKey: [] }, { session: [] }],
    "x-right": call.right,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(call, shapes),
    responses: { ...answerOf(call, shapes), ...refusalsOf(call, shapes) },
  };
}

function reachInWords(reach: Reach): string {
  if (reach === "shared") return "";
  if (reach === "allStores") return "Only for those who work for all stores.";
  return "Whoever works for some stores asks for these alone; any other is not found.";
}

function bodyOf({ body, takes, example }: HqCall, shapes: Shapes): Json {
  if (takes !== undefined)
    return {
      requestBody: { required: true, content: Object.fromEntries(takes.map((type) => [type, FILE])) },
    };
  if (body === null) return {};
  const content = { schema: shapes.of(body, "input"), ...(example === undefined ? {} : { example }) };
  return {
    requestBody: { required: !body.safeParse(undefined).success, content: { "application/json": content } },
  };
}

/** Bytes as they are, as OpenAPI 3.1 says it: without a schema. */
const FILE = {};

function answerOf({ answer, status }: HqCall, shapes: Shapes): Json {
  const json = jsonOf(answer);
  const content = {
    ...(json === null ? {} : { "application/json": { schema: shapes.of(json, "output") } }),
    ...("files" in answer && Array.isArray(answer.files)
      ? Object.fromEntries(answer.files.map((type) => [type, FILE]))
      : {}),
  };
  return { [status ?? 200]: { description: status === 201 ? "It was made." : "It was done.", content } };
}

function refusalsOf({ refusals, params, query, body }: HqCall, shapes: Shapes): Json {
  const checked: readonly ErrorBody["reason"][] =
    params === null && query === null && body === null ? [] : ["badRequest"];
  const all = [...new Set([...refusals, ...ALWAYS, ...checked])];
  const schema = shapes.named("Refusal");
  return Object.fromEntries(
    [...new Set(all.map((reason) => STATUS[reason]))].map((status) => [
      status,
      {
        description: all.filter((reason) => STATUS[reason] === status).join(", "),
        content: { "application/json": { schema } },
      },
    ]),
  );
}

/** Each field of a shape as a parameter. */
export function parametersOf(
  schema: HqCall["params"],
  { where, shapes }: { readonly where: "path" | "query"; readonly shapes: Shapes },
): readonly Json[] {
  if (schema === null) return [];
  const { properties, required } = shapes.of(schema, "input");
  const needed = Array.isArray(required) ? required : [];
  return Object.entries(Object(properties)).map(([name, shape]) => ({
    name,
    in: where,
    required: where === "path" || needed.includes(name),
    schema: shape,
  }));
}
