import type { Verb, VerbAnswer, VerbParsedArgs, View, ViewValue } from "#protocol/till/contract.ts";
import type { Unwatch } from "./ports.ts";

/** The verbs of the contract as functions; arguments are validated already. */
export type VerbTable = { readonly [V in Verb]: (args: VerbParsedArgs<V>) => Promise<VerbAnswer<V>> };

/** A view: what it is now, and word when that has changed. */
export interface ViewSource<W extends View> {
  current(): ViewValue<W>;
  watch(onChange: () => void): Unwatch;
}
export type ViewTable = { readonly [W in View]: ViewSource<W> };

/** The engine as RPC sees it. */
export interface TillService {
  readonly verbs: VerbTable;
  readonly views: ViewTable;
}
