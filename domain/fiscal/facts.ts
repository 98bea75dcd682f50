import type { FiscalFailure } from "./mark.ts";

/** That a fiscal device stopped signing, and that it signs again: whoever runs a shop has to be able to show from when to when it did not. */
export type FiscalFact =
  | { readonly type: "fiscal.failed"; readonly why: FiscalFailure; readonly serial: string | null }
  | { readonly type: "fiscal.restored"; readonly serial: string };
