import { argon2id } from "hash-wasm";
import type { PinVerifier } from "#domain/staff/staff.ts";

/** What a PIN is checked against, made with as little work as the algorithm takes. */
export async function pinVerifierOf(pin: string): Promise<PinVerifier> {
  const phc = await argon2id({
    password: pin,
    salt: Buffer.from("0123456789abcdef"),
    memorySize: 1_024,
    iterations: 2,
    parallelism: 1,
    hashLength: 32,
    outputType: "encoded",
  });
  return { kind: "argon2id", phc };
}
