import { KeyOrders } from "./key-orders.ts";

/**
 * One text for one value, by RFC 8785 (JCS): keys sorted by UTF-16 code units, no white space, numbers as ECMAScript writes them.
 * Throws a TypeError on what JSON cannot carry (undefined, functions, NaN, lone surrogates, class instances): hashing half a value is worse
 * than failing.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return listText(value);
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
  // As JSON writes it; minus zero is zero in both.
  return String(value);
}

/** The holes of a sparse array are visited as well. */
function listText(value: readonly unknown[]): string {
  let text = "[";
  for (let at = 0; at < value.length; at += 1) text += (at === 0 ? "" : ",") + canonicalJson(value[at]);
  return `${text}]`;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const ORDERS = new KeyOrders(quoted);

function objectText(value: Readonly<Record<string, unknown>>): string {
  let text = "{";
  for (const { key, written } of ORDERS.orderOf(Object.keys(value)))
    text += written + canonicalJson(value[key]);
  return `${text}}`;
}
