import type { CounterSetup, LineState } from "#protocol/till/counter.ts";

export type ScannerSetup = NonNullable<CounterSetup["scanner"]>;

/** A scanner that the engine listens to itself; keyboard wedges are the screen's. */
export interface Scanner {
  state(): LineState;
  close(): Promise<void>;
}

export type ConnectScanner = (
  setup: ScannerSetup,
  on: { readonly code: (code: string) => void; readonly state: () => void },
) => Scanner;
