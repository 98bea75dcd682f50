import bwip from "bwip-js/generic";

export interface Bars {
  /** Modules from edge to edge, without the quiet zone. */
  readonly width: number;
  /** Dark bars, in modules from the left. */
  readonly bars: readonly { readonly x: number; readonly width: number }[];
}

const GTIN_SYMBOLS: Readonly<Record<number, string>> = { 8: "ean8", 12: "upca", 13: "ean13", 14: "itf14" };

/** The bars of a GTIN with its check digit (EAN-8, UPC-A, EAN-13, ITF-14). Throws on a text that is none. */
export function gtinBars(gtin: string): Bars {
  const symbol = GTIN_SYMBOLS[gtin.length];
  if (symbol === undefined) throw new RangeError(`no GTIN: ${gtin}`);
  return barsOf(symbol, gtin);
}

/** The bars of any short text (Code 128). Throws on signs that it has none for. */
export function textBars(text: string): Bars {
  return barsOf("code128", text);
}

function barsOf(symbol: string, text: string): Bars {
  const [code] = bwip.raw(symbol, text);
  if (code === undefined || !("sbs" in code)) throw new Error(`no bars for ${text}`);
  const bars: { readonly x: number; readonly width: number }[] = [];
  let x = 0;
  for (const [at, width] of code.sbs.entries()) {
    // Bars and spaces take turns, a bar first.
    if (at % 2 === 0) bars.push({ x, width });
    x += width;
  }
  return { width: x, bars };
}
