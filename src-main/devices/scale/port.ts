import type { CounterSetup, LineState, ScaleReading } from "#protocol/till/counter.ts";

export type ScaleSetup = NonNullable<CounterSetup["scale"]>;

/** What lies on a scale, as it says so itself. */
export type Weighing = Exclude<ScaleReading, { readonly state: "none" | "unreachable" | "silent" }>;

export interface Scale {
  state(): LineState;
  /** The newest word of the scale. */
  reading(): ScaleReading;
  /** Whether somebody wants to know: only then is the scale asked. */
  ask(on: boolean): void;
  close(): Promise<void>;
}

/** `change`: reading or state is another one. */
export type ConnectScale = (setup: ScaleSetup, on: { readonly change: () => void }) => Scale;
