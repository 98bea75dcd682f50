import { expect, test } from "vitest";
import { pinVerifierOf } from "../testing/pin-verifier-of.ts";
import { verifyPinInWorker } from "./pin-verifier.ts";

test("the right PIN is told from a wrong one and from none, without holding up the till", async () => {
  const verifier = await pinVerifierOf("482913");
  expect(await verifyPinInWorker({ pin: "482913", verifier })).toBe(true);
  expect(await verifyPinInWorker({ pin: "482914", verifier })).toBe(false);
  expect(await verifyPinInWorker({ pin: "", verifier })).toBe(false);
});

test("a damaged verifier is an error, never a yes", async () => {
  const damaged = { kind: "argon2id", phc: "$argon2id$damaged$beyond$repair$" } as const;
  await expect(verifyPinInWorker({ pin: "482913", verifier: damaged })).rejects.toThrow();
});
