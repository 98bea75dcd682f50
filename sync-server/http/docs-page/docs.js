/** Draws `/openapi.json`: whatever is described there, and nothing that is not. */

function element(name, properties, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

const code = (text) => element("code", {}, text);

/** Words with `code` in them. */
const prose = (text) => text.split("`").map((part, index) => (index % 2 === 1 ? code(part) : part));

const json = (value) => element("pre", { tabIndex: 0 }, JSON.stringify(value, null, 2));

let shared = {};

/** The shape that stands by reference; any other as it is. */
const shapeAt = (shape) => (shape.$ref ? (shared[shape.$ref.split("/").at(-1)] ?? {}) : shape);

const nameOf = ({ $ref }) => $ref.split("/").at(-1);

/** What a shape is, in one line: `string, null`, `object[]`, `"paid" or "refunded"`. */
function kindOf(shape) {
  if (shape.$ref) return nameOf(shape);
  if (shape.enum) return shape.enum.map((each) => JSON.stringify(each)).join(" or ");
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return [...new Set(choices.map(kindOf))].join(" or ");
  if (shape.type === "array") return `${kindOf(shape.items ?? {})}[]`;
  return shape.type ?? "any";
}

function boundsOf(shape) {
  const bounds = [
    ["at least", shape.minLength ?? shape.minItems ?? shape.minimum],
    ["at most", shape.maxLength ?? shape.maxItems ?? shape.maximum],
  ].filter(([, value]) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER);
  const words = bounds.map(([word, value]) => `${word} ${value}`);
  if (shape.pattern) words.push(shape.pattern);
  if (shape.default !== undefined) words.push(`else ${JSON.stringify(shape.default)}`);
  return words.join(", ");
}

/** One row for each field, those within fields after them by their path. A shape within itself is not written out again. */
function rowsOf(of, path = "", within = []) {
  const outer = shapeAt(of);
  const item = outer.type === "array" ? (outer.items ?? {}) : outer;
  const refs = [of, item].flatMap(({ $ref }) => $ref ?? []);
  if (refs.some((ref) => within.includes(ref))) return [];
  const inner = shapeAt(item);
  const known = [...within, ...refs];
  const own = Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const isNeeded = (inner.required ?? []).includes(name);
    const row = element(
      "tr",
      {},
      element("td", {}, code(at)),
      element("td", {}, kindOf(field)),
      element("td", {}, isNeeded ? "yes" : "no"),
      element("td", {}, boundsOf(field)),
    );
    return [row, ...rowsOf(field, shapeAt(field).type === "array" ? `${at}[]` : at, known)];
  });
  const choices = inner.anyOf ?? inner.oneOf ?? [];
  return [...own, ...choices.flatMap((choice) => rowsOf(choice, path, known))];
}

function tableOf(shape) {
  const head = ["Field", "Kind", "Required", "Bounds"].map((text) => element("th", { scope: "col" }, text));
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rowsOf(shape)),
  );
}

/** Drawn when somebody opens it: most of it nobody ever reads. */
function folded(title, draw) {
  const details = element("details", {}, element("summary", {}, title));
  details.addEventListener("toggle", () => details.append(draw()), { once: true });
  return details;
}

function parametersOf(parameters) {
  const shape = {
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  return [element("h4", {}, "Parameters"), tableOf(shape)];
}

const JSON_TYPE = "application/json";
const codes = (words) => words.flatMap((word, index) => (index === 0 ? [code(word)] : [", ", code(word)]));

function answerOf([status, { description, content }]) {
  const { schema, example } = content[JSON_TYPE] ?? {};
  const files = Object.keys(content).filter((type) => type !== JSON_TYPE);
  const line = element("p", {}, code(status), " ", ...prose(description), " ", ...codes(files));
  if (schema === undefined || Number(status) >= 400) return [line];
  const fields = folded("Every field", () => tableOf(schema));
  return example === undefined ? [line, fields] : [line, json(example), fields];
}

function bodyOf({ content }) {
  const { schema, example } = content[JSON_TYPE] ?? {};
  if (schema === undefined)
    return [element("h4", {}, "Body"), element("p", {}, "A file: ", ...codes(Object.keys(content)))];
  const fields = folded("Every field", () => tableOf(schema));
  return [element("h4", {}, "Body"), ...(example === undefined ? [] : [json(example)]), fields];
}

function articleOf({ path, method, call }) {
  return element(
    "article",
    { id: call.operationId },
    element("h3", {}, call.summary),
    element("p", { className: "call" }, code(`${method.toUpperCase()} ${path}`)),
    element("p", {}, ...prose(call.description)),
    ...(call.parameters ? parametersOf(call.parameters) : []),
    ...(call.requestBody ? bodyOf(call.requestBody) : []),
    element("h4", {}, "Answers"),
    ...Object.entries(call.responses).flatMap(answerOf),
  );
}

const linkTo = ({ path, method, call }) =>
  element(
    "li",
    {},
    element(
      "a",
      { href: `#${call.operationId}` },
      code(`${method.toUpperCase()} ${path}`),
      element("span", {}, call.summary),
    ),
  );

const anchorOf = (area) => `area-${area.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;

async function draw() {
  const description = await (await fetch("/openapi.json")).json();
  shared = description.components.schemas;
  const calls = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ path, method, call })),
  );
  document.title = description.info.title;
  document.querySelector("#title").textContent = description.info.title;
  const { key, hqKey } = description.components.securitySchemes;
  const words = `${description.info.description} Send \`Authorization: Bearer KEY\`. For web shops: ${key.description} For HQ: ${hqKey.description}`;
  document.querySelector("#words").replaceChildren(...prose(words));
  const events = Object.entries(description.webhooks).map(([type, { post }]) =>
    element("tr", {}, element("td", {}, code(type)), element("td", {}, ...prose(post.description))),
  );
  document
    .querySelector("#events")
    .replaceChildren(
      element("h2", {}, "Events"),
      element(
        "p",
        {},
        "Sent to the endpoints that HQ names (Standard Webhooks), with the order as it is then.",
      ),
      element("table", {}, element("tbody", {}, ...events)),
    );
  const areas = description.tags.map(({ name }) => ({
    name,
    calls: calls.filter(({ call }) => call.tags.includes(name)),
  }));
  const links = areas.map((area) =>
    element("details", {}, element("summary", {}, area.name), element("ul", {}, ...area.calls.map(linkTo))),
  );
  document.querySelector("#contents").replaceChildren(...links);
  const sections = areas.map((area) =>
    element(
      "section",
      { id: anchorOf(area.name) },
      element("h2", {}, area.name),
      ...area.calls.map(articleOf),
    ),
  );
  document.querySelector("#calls").replaceChildren(...sections);
  // The address may name a call, which is there only now.
  if (location.hash !== "") document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

draw().catch(() => {
  document.querySelector("#words").textContent = "The description cannot be read. Is the server running?";
});
