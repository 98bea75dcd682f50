import { ok, type Result, refused } from "../result.ts";
import { GROUP_SEPARATOR, type Gs1Field, identifierAt, isLegalField } from "./application-identifiers.ts";

/** Why a text is no GS1 element string: something else altogether, or one that was cut short or misread. */
export type ElementStringRefusal = "notGs1" | "damaged";

/** As it is printed below the bars, for people: `(01)04006381333931(10)AB-1`. */
const BRACKETED = /^(\(\d{2,4}\)[^(]+)+$/;

/** The fields of a GS1 element string as a scanner sends it, without its symbology identifier, or as people read it. */
export function readElementString(text: string): Result<readonly Gs1Field[], ElementStringRefusal> {
  const fields = BRACKETED.test(text) ? bracketed(text) : plain(text);
  if (!fields.ok) return fields;
  return fields.value.every(isLegalField) ? fields : refused("damaged");
}

/** The same fields as a scanner sends them. */
export function elementString(fields: readonly Gs1Field[]): string {
  return fields.reduce((text, { ai, value }, index) => {
    const isOpen = identifierAt(ai)?.exactly === null && index < fields.length - 1;
    return `${text}${ai}${value}${isOpen ? GROUP_SEPARATOR : ""}`;
  }, "");
}

function bracketed(text: string): Result<readonly Gs1Field[], ElementStringRefusal> {
  const fields = [...text.matchAll(/\((\d{2,4})\)([^(]+)/g)];
  return ok(fields.map(([, ai = "", value = ""]) => ({ ai, value })));
}

function plain(text: string): Result<readonly Gs1Field[], ElementStringRefusal> {
  const fields: Gs1Field[] = [];
  let rest = text.replaceAll(new RegExp(`^${GROUP_SEPARATOR}+|${GROUP_SEPARATOR}+$`, "g"), "");
  while (rest !== "") {
    const found = identifierAt(rest);
    if (found === null) return refused(fields.length === 0 ? "notGs1" : "damaged");
    const begin = found.ai.length;
    const end = found.exactly === null ? separatorIn(rest) : begin + found.exactly;
    fields.push({ ai: found.ai, value: rest.slice(begin, end) });
    rest = rest.slice(end).replace(GROUP_SEPARATOR, (sign, at) => (at === 0 ? "" : sign));
  }
  return fields.length === 0 ? refused("notGs1") : ok(fields);
}

function separatorIn(text: string): number {
  const at = text.indexOf(GROUP_SEPARATOR);
  return at < 0 ? text.length : at;
}
