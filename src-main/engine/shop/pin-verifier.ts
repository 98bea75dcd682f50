import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { PinVerifier } from "#domain/staff/staff.ts";

/** Whether a PIN is the one a verifier was made of. Takes tens of milliseconds on purpose. */
export type VerifyPin = (check: { readonly pin: string; readonly verifier: PinVerifier }) => Promise<boolean>;

/** What the worker answers. */
export const verdictSchema = z.strictObject({ matches: z.boolean() });

/** The worker lies beside this file, as source and as bundle alike. */
const WORKER = `./pin-worker${extname(fileURLToPath(import.meta.url))}`;

/**
 * Verifies argon2id PINs in a thread of its own: 19 MiB of hashing must not hold up a scan, and its memory goes back when
 * the thread ends. Rejects when the thread fails or the verifier is malformed.
 */
export const verifyPinInWorker: VerifyPin = ({ pin, verifier }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: { pin, phc: verifier.phc } });
    worker.once("message", (message: unknown) => resolve(verdictSchema.parse(message).matches));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the PIN could not be verified: its thread ended early")));
  });
