import { createPublicKey, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CRYPTO, seal, sha256Hex } from "../testing/written-chain.ts";
import { canonicalJson } from "./canonical-json.ts";
import { checkRun, genesisHead } from "./check.ts";
import { type JournalEntry, SIGNATURE_CONTEXT } from "./entry.ts";

interface Vector {
  /** Raw 32 bytes as base64url. */
  readonly publicKey: string;
  readonly entries: readonly { readonly canonical: string; readonly entry: JournalEntry }[];
}

const text = readFileSync(join(import.meta.dirname, "../../docs/formats.md"), "utf8");
const block = /```json vector\n([\s\S]+?)\n```/.exec(text)?.[1];
if (block === undefined) throw new Error("docs/formats.md has lost its test vector");
const vector: Vector = JSON.parse(block);

test("the documented entries hash and sign as documented", () => {
  const jwk = { kty: "OKP", crv: "Ed25519", x: vector.publicKey };
  const key = createPublicKey({ key: jwk, format: "jwk" });
  expect(vector.entries).toHaveLength(2);
  for (const { canonical, entry } of vector.entries) {
    const { hash, signature, ...content } = entry;
    expect(canonicalJson(content)).toBe(canonical);
    expect(sha256Hex(canonical)).toBe(hash);
    const signed = Buffer.from(`onetill.journal.v1:${hash}`, "utf8");
    expect(verify(null, signed, key, Buffer.from(signature, "base64url"))).toBe(true);
    expect(seal(content)).toEqual(entry);
  }
});

test("the documented entries are a chain", () => {
  const entries = vector.entries.map(({ entry }) => entry);
  const { device, epoch } = entries[0]!;
  const checked = checkRun({
    entries,
    head: genesisHead({ device, epoch }),
    hashAt: () => undefined,
    crypto: CRYPTO,
  });
  expect(checked).toMatchObject({ ok: true, value: { fresh: entries } });
  expect(text).toContain(`\`${SIGNATURE_CONTEXT}\``);
});
