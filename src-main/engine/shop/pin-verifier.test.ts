import { argon2id } from "hash-wasm";
import { expect, test } from "vitest";
import { verifyPinInWorker } from "./pin-verifier.ts";

async function verifierOf(pin: string) {
  const phc = await argon2id({
    password: pin,
    salt: Buffer.from("0123456789abcdef"),
    memorySize: 1_024,
    iterations: 2,
    parallelism: 1,
    hashLength: 32,
    outputType: "encoded",
  });
  return { kind: "argon2id", phc } as const;
}

test("the right PIN is told from a wrong one and from none, without holding up the till", async () => {
  const verifier = await verifierOf("482913");
  expect(await verifyPinInWorker({ pin: "482913", verifier })).toBe(true);
  expect(await verifyPinInWorker({ pin: "482914", verifier })).toBe(false);
  expect(await verifyPinInWorker({ pin: "", verifier })).toBe(false);
});

test("a damaged verifier is an error, never a yes", async () => {
  const damaged = { kind: "argon2id", phc: "$argon2id$damaged$beyond$repair$" } as const;
  await expect(verifyPinInWorker({ pin: "482913", verifier: damaged })).rejects.toThrow();
});
