import { argon2id } from "hash-wasm";
import type { PinVerifier } from "#domain/staff/staff.ts";

/** OWASP's least memory for argon2id: a till checks it while somebody waits. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
export const PIN_SALT_BYTES = 16;

/** What a PIN is checked by; the PIN itself is kept nowhere. `salt` are `PIN_SALT_BYTES` random ones. */
export async function hashPin(pin: string, salt: Uint8Array): Promise<PinVerifier> {
  return { kind: "argon2id", phc: await argon2id({ ...COST, password: pin, salt, outputType: "encoded" }) };
}
