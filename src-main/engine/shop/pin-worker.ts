import { parentPort, workerData } from "node:worker_threads";
import { argon2Verify } from "hash-wasm";
import { z } from "zod";

/** Runs as a thread of its own: verifies the one PIN it was started with and ends. */
async function verify(given: unknown): Promise<void> {
  const { pin, phc } = z.strictObject({ pin: z.string(), phc: z.string() }).parse(given);
  // hash-wasm refuses an empty password outright; an empty PIN is simply wrong.
  const matches = pin !== "" && (await argon2Verify({ password: pin, hash: phc }));
  parentPort?.postMessage({ matches });
}

// Not awaited at the top level: the bundle of this file is CommonJS. A failure ends the thread with its error.
void verify(workerData);
