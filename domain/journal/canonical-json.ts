/**
 * One text for one value, by RFC 8785 (JCS): keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 * Throws a TypeError on what JSON cannot carry (undefined, functions, NaN, lone surrogates, class instances): hashing half a value is worse
 * than failing.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  // Array.from visits the holes of a sparse array, which map would leave out.
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(",")}]`;
  if (isPlainObject(value)) return objectText(value);
  throw new TypeError(`not JSON: ${typeof value}`);
}

/** Members whose values are canonical JSON already, as the object of them: what is in several texts is written once. */
export function canonicalObject(members: Readonly<Record<string, string>>): string {
  let text = "";
  for (const [key, member] of Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1)))
    text += `${text === "" ? "" : ","}${quoted(key)}:${member}`;
  return `{${text}}`;
}

/** Printable ASCII without quotation mark and backslash stands in JSON as it is, which is most of what there is. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (/\p{Surrogate}/u.test(text)) throw new TypeError("not JSON: a lone surrogate");
  return JSON.stringify(text);
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`);
  return JSON.stringify(value);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function objectText(value: Readonly<Record<string, unknown>>): string {
  let text = "";
  for (const key of Object.keys(value).sort())
    text += `${text === "" ? "" : ","}${quoted(key)}:${canonicalJson(value[key])}`;
  return `{${text}}`;
}
