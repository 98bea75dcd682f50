import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createVault, VAULT_KEY_BYTES } from "./vault.ts";
import { type KeyStore, loadVaultKey } from "./vault-key.ts";

/** What was asked of the disk, of what lasts. */
const asked = vi.hoisted((): string[] => []);
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    fsyncSync: (file: number) => {
      asked.push("synced");
      fs.fsyncSync(file);
    },
    renameSync: (from: string, to: string) => {
      asked.push("named");
      fs.renameSync(from, to);
    },
  };
});

describe("the vault around the till's secrets", () => {
  const key = randomBytes(VAULT_KEY_BYTES);

  it("opens what it sealed, and shows none of it outside", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), (text) => {
        const sealed = createVault(key).seal(text);
        expect(createVault(key).open(sealed)).toBe(text);
        expect(sealed).not.toContain(text);
      }),
    );
  });

  it("does not open under another key, nor after a change of any character", () => {
    const sealed = createVault(key).seal("token and private key");
    expect(() => createVault(randomBytes(VAULT_KEY_BYTES)).open(sealed)).toThrow();
    const body = sealed.indexOf(".") + 1;
    for (let place = body; place < sealed.length; place += 7) {
      const altered = sealed.slice(0, place) + (sealed[place] === "A" ? "B" : "A") + sealed.slice(place + 1);
      expect(() => createVault(key).open(altered)).toThrow();
    }
  });

  it("reads a file from before there was a key store", () => {
    expect(createVault(key).open('{"token":"x"}')).toBe('{"token":"x"}');
  });
});

describe("the vault's key", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onetill-vault-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const keyStore: KeyStore = {
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 0x5a)),
    decryptString: (bytes) => Buffer.from([...bytes].map((byte) => byte ^ 0x5a)).toString("utf8"),
  };

  it("is made once, kept encrypted, and found again", () => {
    const file = join(folder, "deep", "vault.key");
    const made = loadVaultKey(file, keyStore);
    expect(Buffer.from(made!, "base64")).toHaveLength(VAULT_KEY_BYTES);
    expect(loadVaultKey(file, keyStore)).toBe(made);
    expect(readFileSync(file).toString("utf8")).not.toContain(made);
  });

  it("is whole and on the disk before it has its name: what is sealed by it is there after a power cut as well", () => {
    asked.length = 0;
    const file = join(folder, "vault.key");
    loadVaultKey(file, keyStore);
    expect(asked).toEqual(["synced", "named"]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("is none on a machine without a key store", () => {
    expect(
      loadVaultKey(join(folder, "vault.key"), { ...keyStore, isEncryptionAvailable: () => false }),
    ).toBeNull();
  });
});
