import { parentPort, workerData } from "node:worker_threads";
import { argon2Verify } from "hash-wasm";
import { z } from "zod";

/** Runs as a thread of its own: verifies the one PIN it was started with and ends. */
const { pin, phc } = z.strictObject({ pin: z.string(), phc: z.string() }).parse(workerData);
// hash-wasm refuses an empty password outright; an empty PIN is simply wrong.
const matches = pin !== "" && (await argon2Verify({ password: pin, hash: phc }));
parentPort?.postMessage({ matches });
