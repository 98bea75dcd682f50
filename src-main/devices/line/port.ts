import type { CounterLink, LineState } from "#protocol/till/counter.ts";

/** A line that is kept open to a device, and opened again by itself when it is unplugged and comes back. */
export interface KeptLine {
  state(): Exclude<LineState, "none">;
  /** Whether all bytes were taken; false while the line is not open. */
  write(bytes: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

export type KeepLine = (
  link: CounterLink,
  on: { readonly bytes: (bytes: Uint8Array) => void; readonly state: () => void },
) => KeptLine;
