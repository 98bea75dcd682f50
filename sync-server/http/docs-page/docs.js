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

/** What a shape is, in one line: `string, null`, `object[]`, `"paid" or "refunded"`. */
function kindOf(shape) {
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

/** One row for each field, those within fields after them by their path. */
function rowsOf(shape, path = "", required = []) {
  const inner = shape.type === "array" ? (shape.items ?? {}) : shape;
  const choices = inner.anyOf ?? inner.oneOf ?? [];
  const own = Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const isNeeded = (inner.required ?? required).includes(name);
    const row = element(
      "tr",
      {},
      element("td", {}, code(at)),
      element("td", {}, kindOf(field)),
      element("td", {}, isNeeded ? "yes" : "no"),
      element("td", {}, boundsOf(field)),
    );
    return [row, ...rowsOf(field, field.type === "array" ? `${at}[]` : at)];
  });
  return [...own, ...choices.flatMap((choice) => rowsOf(choice, path))];
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

function folded(title, ...content) {
  return element("details", {}, element("summary", {}, title), ...content);
}

function parametersOf(parameters) {
  const shape = {
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  return [element("h3", {}, "Parameters"), tableOf(shape)];
}

function answerOf([status, { description, content }]) {
  const { schema, example } = content["application/json"] ?? {};
  const files = schema === undefined ? [" ", code(Object.keys(content).join(", "))] : [];
  const line = element("p", {}, code(status), " ", ...prose(description), ...files);
  return example === undefined ? [line] : [line, json(example), folded("Every field", tableOf(schema))];
}

function articleOf(path, method, call) {
  const body = call.requestBody?.content["application/json"];
  return element(
    "article",
    { id: call.operationId },
    element("h2", {}, call.summary),
    element("p", { className: "call" }, code(`${method.toUpperCase()} ${path}`)),
    element("p", {}, ...prose(call.description)),
    ...(call.parameters ? parametersOf(call.parameters) : []),
    ...(body
      ? [element("h3", {}, "Body"), json(body.example), folded("Every field", tableOf(body.schema))]
      : []),
    element("h3", {}, "Answers"),
    ...Object.entries(call.responses).flatMap(answerOf),
  );
}

async function draw() {
  const description = await (await fetch("/openapi.json")).json();
  const calls = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ path, method, call })),
  );
  document.title = description.info.title;
  document.querySelector("#title").textContent = description.info.title;
  const { key } = description.components.securitySchemes;
  const words = `${description.info.description} Send \`Authorization: Bearer KEY\`. ${key.description}`;
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
  const links = calls.map(({ path, method, call }) =>
    element(
      "li",
      {},
      element(
        "a",
        { href: `#${call.operationId}` },
        code(`${method.toUpperCase()} ${path}`),
        element("span", {}, call.summary),
      ),
    ),
  );
  document.querySelector("#contents").replaceChildren(element("ul", {}, ...links));
  document
    .querySelector("#calls")
    .replaceChildren(...calls.map(({ path, method, call }) => articleOf(path, method, call)));
}

draw().catch(() => {
  document.querySelector("#words").textContent = "The description cannot be read. Is the server running?";
});
