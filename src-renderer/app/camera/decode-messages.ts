import type { SeenCode } from "./seen-code.ts";

/** What the decoder's thread answers to each picture, in order. */
export type DecodeAnswer =
  | { readonly ok: true; readonly codes: readonly SeenCode[] }
  | { readonly ok: false };
