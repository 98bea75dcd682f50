import { createHash } from "node:crypto";
import { idOf, type Sku } from "#domain/ids.ts";

export const MAX_SKU_CHARS = 64;
const HASH_CHARS = 8;

/**
 * A SKU for a variant that has none: handle and options in readable form, `varsity-top.Small`. The same handle and options give
 * the same SKU on every import; where the readable form loses something, a hash keeps two different variants apart.
 */
export function derivedSku({
  handle,
  options,
}: {
  readonly handle: string;
  readonly options: readonly string[];
}): Sku {
  const readable = [plain(handle), ...options.map(plain)].join(".");
  const isExact = !/[^A-Za-z0-9-]/.test(handle) && options.every((option) => /^[A-Za-z0-9 ]+$/.test(option));
  if (isExact && readable.length <= MAX_SKU_CHARS) return idOf<"Sku">(readable);
  const hash = createHash("sha256")
    .update(JSON.stringify([handle, ...options]))
    .digest("hex")
    .slice(0, HASH_CHARS);
  return idOf<"Sku">(`${readable.slice(0, MAX_SKU_CHARS - HASH_CHARS - 1)}~${hash}`);
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "-");
}
