import type { ScaleSetup, Weighing } from "./port.ts";

const ETX = 0x03;
const CR = 0x0d;
const GRAMS_PER_KILO = 1_000;

/** How a scale is asked what lies on it, and what its answer says. */
export interface ScaleLanguage {
  readonly question: Uint8Array;
  /** The first whole answer in what came so far, and how many bytes it took; null: it is not whole yet. */
  readonly read: (bytes: Uint8Array) => { readonly weighing: Weighing; readonly length: number } | null;
}

export const LANGUAGES: Readonly<Record<ScaleSetup["language"], ScaleLanguage>> = {
  /** Mettler Toledo 8217: `W` is answered by STX, the weight or `?` and a status byte, and CR. */
  mt8217: {
    question: Buffer.from("W"),
    read(bytes) {
      const end = bytes.indexOf(CR);
      return end < 0 ? null : { weighing: said8217(textOf(bytes.subarray(0, end))), length: end + 1 };
    },
  },
  /** NCI: `W CR` is answered by LF, weight and unit, CR, LF, `S` and status bytes, CR, ETX. */
  nci: {
    question: Buffer.from("W\r"),
    read(bytes) {
      const end = bytes.indexOf(ETX);
      return end < 0 ? null : { weighing: saidNci(textOf(bytes.subarray(0, end))), length: end + 1 };
    },
  },
};

function said8217(text: string): Weighing {
  const at = text.lastIndexOf("\u0002");
  const answer = text.slice(at + 1);
  if (answer.startsWith("?")) {
    const status = answer.charCodeAt(1);
    if (has(status, 0)) return { state: "moving" };
    if (has(status, 1)) return { state: "overload" };
    if (has(status, 2)) return { state: "belowZero" };
    return { state: "fault" };
  }
  // A net weight ends with N; a weight without a point has no unit that one could trust.
  const kilograms = /^(\d{1,3}\.\d{1,4})N?$/.exec(answer)?.[1];
  return kilograms === undefined ? { state: "fault" } : weighingOf(gramsOf(kilograms, GRAMS_PER_KILO));
}

function saidNci(text: string): Weighing {
  const status = /\n[SH]?([\u0030-\u003f])([\u0030-\u003f])[\u0030-\u003f]?\r?$/.exec(text);
  if (status === null) return { state: "fault" };
  const [first, second] = [status[1] ?? "", status[2] ?? ""].map((each) => each.charCodeAt(0));
  if (has(first, 2) || has(first, 3) || has(second, 2) || has(second, 3)) return { state: "fault" };
  if (has(first, 0)) return { state: "moving" };
  if (has(second, 1)) return { state: "overload" };
  if (has(second, 0)) return { state: "belowZero" };
  const [, sign, number = "", unit] = /\n\s*(-?)\s*(\d{1,6}(?:\.\d{1,4})?)\s*(KG|G)\s*\r/i.exec(text) ?? [];
  if (unit === undefined) return { state: "fault" };
  if (sign === "-") return { state: "belowZero" };
  return weighingOf(gramsOf(number, unit.toUpperCase() === "KG" ? GRAMS_PER_KILO : 1));
}

function weighingOf(grams: number): Weighing {
  return grams === 0 ? { state: "empty" } : { state: "stable", grams };
}

/** Whole grams, without a floating point on the way; what is finer than a gram is rounded, halves up. */
function gramsOf(number: string, gramsPerUnit: number): number {
  const [whole = "0", decimals = ""] = number.split(".");
  const scaled = BigInt(whole + decimals) * BigInt(gramsPerUnit);
  const divisor = 10n ** BigInt(decimals.length);
  return Number((scaled * 2n + divisor) / (divisor * 2n));
}

function has(status: number | undefined, bit: number): boolean {
  return status !== undefined && ((status >> bit) & 1) === 1;
}

/** A parity bit that the port left on says nothing. */
function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...[...bytes].map((byte) => byte & 0x7f));
}
