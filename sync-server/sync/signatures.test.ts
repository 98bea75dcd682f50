import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { expect, test } from "vitest";
import { knownPublicKey, readPublicKey, verifierFor } from "./signatures.ts";

const RAW_BYTES = 32;

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-RAW_BYTES).toString("base64url");
  return { raw, sign: (text: string) => sign(null, Buffer.from(text), privateKey).toString("base64url") };
}

test("each key verifies what was signed by it and nothing else, also when it was read before", () => {
  const [one, other] = [newKey(), newKey()];
  for (let time = 0; time < 2; time += 1) {
    expect(verifierFor(one.raw)("a text", one.sign("a text"))).toBe(true);
    expect(verifierFor(other.raw)("a text", one.sign("a text"))).toBe(false);
    expect(verifierFor(one.raw)("another text", one.sign("a text"))).toBe(false);
  }
});

test("what is no key is none, each time", () => {
  for (const raw of ["", "AAAA", "AAAA"]) expect(readPublicKey(raw)).toBeNull();
});

test("those used last of tills that are known are kept, and no key that anybody named", () => {
  const others = (many: number) =>
    Array.from({ length: many }, () => randomBytes(RAW_BYTES).toString("base64url"));
  const { raw } = newKey();
  const key = knownPublicKey(raw);
  for (const other of others(1_000)) readPublicKey(other);
  expect(knownPublicKey(raw)).toBe(key);
  for (const other of others(999)) knownPublicKey(other);
  expect(knownPublicKey(raw)).toBe(key);
  knownPublicKey(newKey().raw);
  expect(knownPublicKey(raw)).toBe(key);
  for (const other of others(1_000)) knownPublicKey(other);
  expect(knownPublicKey(raw)).not.toBe(key);
});
