import { type Result, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import { type PrinterAnswer, troubleOf } from "./status-bytes.ts";

/** How long each step may take, milliseconds. */
export interface LinkPatience {
  readonly connectMs: number;
  /** For the answer to a status request. Printers that know none stay silent and are trusted. */
  readonly statusMs: number;
  /** For all bytes of a receipt to be taken. */
  readonly printMs: number;
}

/** An open way to a printer, for one document. */
export interface PrinterWire {
  /** Asks for status bytes and gives the first bytes that come back; `silent`: none came in time, or nothing can come back on this way. */
  ask(request: Uint8Array, waitMs: number): Promise<PrinterAnswer>;
  /** Resolves when the printer, or the system that stands before it, has taken all bytes. */
  deliver(bytes: Uint8Array, waitMs: number): Promise<Result<null, PrinterTrouble>>;
  /** Gives the way up; harmless when it is closed already. */
  close(): Promise<void>;
}

/** A way to a printer that can be opened; once the signal says stop, what is under way fails. Never rejects. */
export interface Link {
  open(patience: LinkPatience, signal: AbortSignal): Promise<Result<PrinterWire, PrinterTrouble>>;
}

/** Takes one document to a printer, after asking how it is where `asks` says that it understands the question. */
export async function sendOver(
  link: Link,
  {
    bytes,
    asks,
    patience,
    signal,
  }: {
    readonly bytes: Uint8Array;
    readonly asks: boolean;
    readonly patience: LinkPatience;
    readonly signal: AbortSignal;
  },
): Promise<Result<null, PrinterTrouble>> {
  const opened = await link.open(patience, signal);
  if (!opened.ok) return opened;
  const wire = opened.value;
  try {
    const trouble = asks ? await troubleOf(wire, patience.statusMs) : null;
    return trouble === null ? await wire.deliver(bytes, patience.printMs) : refused(trouble);
  } finally {
    await wire.close();
  }
}
