import type { CounterSetup, LineState } from "#protocol/till/counter.ts";

export type PoleSetup = NonNullable<CounterSetup["pole"]>;

/** A display of two lines that customers look at. */
export interface PoleDisplay {
  state(): LineState;
  /** Shows two lines; a display that is away shows the newest ones when it is back. Never waits and never fails for the seller. */
  show(lines: readonly [string, string]): void;
  close(): Promise<void>;
}

export type ConnectPole = (setup: PoleSetup, on: { readonly state: () => void }) => PoleDisplay;
