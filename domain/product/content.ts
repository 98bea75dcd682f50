import type { Content } from "./product.ts";

/** What a content can be said in: ours is `unit`, by a power of ten. */
export interface Measure {
  readonly unit: Content["unit"];
  readonly zeros: number;
}

export const PIECES: Measure = { unit: "piece", zeros: 0 };

/** By the signs that people and files write, in small letters. What pieces are called differs between them. */
export const MEASURES: ReadonlyMap<string, Measure> = new Map<string, Measure>([
  ["g", { unit: "g", zeros: 0 }],
  ["kg", { unit: "g", zeros: 3 }],
  ["ml", { unit: "ml", zeros: 0 }],
  ["cl", { unit: "ml", zeros: 1 }],
  ["l", { unit: "ml", zeros: 3 }],
  ["mm", { unit: "mm", zeros: 0 }],
  ["cm", { unit: "mm", zeros: 1 }],
  ["m", { unit: "mm", zeros: 3 }],
]);

const MAX_QUANTITY = 1_000_000_000;

/** "0.75" in litres is 750 ml. Only what is whole in our unit can be said; null where it is not, or where the text is no number. */
export function contentIn({ unit, zeros }: Measure, text: string): Content | null {
  const [, whole, fraction = ""] = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  const kept = fraction.replace(/0+$/, "");
  if (whole === undefined || kept.length > zeros) return null;
  const quantity = Number(`${whole}${kept.padEnd(zeros, "0")}`);
  return quantity >= 1 && quantity <= MAX_QUANTITY ? { quantity, unit } : null;
}
