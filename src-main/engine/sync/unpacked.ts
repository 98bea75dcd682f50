import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * Bytes that come out at a time. Each time costs the till's thread a way to another one and back: with the 16 kB that `fetch` unpacks at a time, twice as much of it as with these.
 */
const UNPACKED_BYTES = 64 * 1024;

/** What a source's gzip holds, in pieces, unpacked by another thread while those before it are dealt with. Throws what the source throws, and where it ends too soon or is no gzip. */
export async function* unpacked(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  // What fails of either is thrown to whoever reads; one who reads no further ends both.
  pipeline(packed, gunzip, () => undefined);
  yield* gunzip;
}
