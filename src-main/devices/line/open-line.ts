import type { Result } from "#domain/result.ts";
import type { CounterLink } from "#protocol/till/counter.ts";
import { openNetwork } from "./network-line.ts";
import { openSerial } from "./serial-line.ts";

export type LineTrouble = "unreachable" | "notAllowed";

/** A line that is open now. */
export interface OpenLine {
  /** Resolves when it is closed, by whomever. */
  readonly ended: Promise<void>;
  /** Whether all bytes were taken. */
  write(bytes: Uint8Array): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens a line once; never rejects. */
export function openLine(
  link: CounterLink,
  onBytes: (bytes: Uint8Array) => void,
): Promise<Result<OpenLine, LineTrouble>> {
  return link.kind === "serial" ? openSerial(link, onBytes) : openNetwork(link, onBytes);
}
