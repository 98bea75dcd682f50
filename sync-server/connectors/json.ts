import { isTooDeep } from "#protocol/json-depth.ts";

/** What JSON says, as text or as the bytes of a message (UTF-8); undefined for what is none, or goes deeper than anybody reads. `reviver` as `JSON.parse` takes it. */
export function jsonOf(
  json: string | Uint8Array,
  reviver?: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
): unknown {
  try {
    const text = typeof json === "string" ? json : new TextDecoder("utf-8", { fatal: true }).decode(json);
    return isTooDeep(text) ? undefined : JSON.parse(text, reviver);
  } catch {
    return undefined;
  }
}
