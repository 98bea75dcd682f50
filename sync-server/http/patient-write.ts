import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { ReadTransaction, Storage } from "../storage/port.ts";

/** What is sent as it is read keeps one state of the database alive; a reader that takes nothing for this long gives its place up. */
export const MAX_STALL_MS = 60_000;

/**
 * Writes, and waits until there is room for more. False when the reader has gone, or stood still for `MAX_STALL_MS` and was let go.
 * Rejects with the stream's own error.
 */
export async function patientWrite(stream: Writable, piece: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed) return false;
  if (stream.write(piece)) return true;
  const waiting = new AbortController();
  const stalled = setTimeout(() => stream.destroy(), MAX_STALL_MS);
  try {
    await Promise.race([
      once(stream, "drain", { signal: waiting.signal }),
      once(stream, "close", { signal: waiting.signal }),
    ]);
  } finally {
    clearTimeout(stalled);
    waiting.abort();
  }
  return !stream.destroyed;
}

/** Whoever reads slowly is seen to read on only as one piece after the other is taken. */
const PIECE_BYTES = 64 * 1024;

/** Pieces as they are made, all from one unmoving state of the database, which is held for as long as somebody reads on; `over` is called once it is let go. */
export function readAsLongAs(
  storage: Pick<Storage, "read">,
  pieces: (tx: ReadTransaction) => AsyncIterable<Uint8Array>,
  over: () => void = () => undefined,
): Readable {
  const stream = new PassThrough();
  storage
    .read(async (tx) => {
      for await (const piece of pieces(tx))
        for (let at = 0; at < piece.length; at += PIECE_BYTES)
          if (!(await patientWrite(stream, piece.subarray(at, at + PIECE_BYTES)))) return;
      stream.end();
    })
    .catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
    .finally(over);
  return stream;
}
