import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSecretBox, isSealed, keysBeside, SecretsKeyLost } from "./secret-box.ts";

/** What was asked of the disk, of what lasts. */
const asked = vi.hoisted((): string[] => []);
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    fsyncSync: (opened: number) => {
      asked.push(fs.fstatSync(opened).isDirectory() ? "folder synced" : "synced");
      fs.fsyncSync(opened);
    },
    renameSync: (from: string, to: string) => {
      asked.push("named");
      fs.renameSync(from, to);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const boxOf = (environment: Readonly<Record<string, string>> = {}) =>
  createSecretBox(keysBeside(join(folder, "server.sqlite"), environment));

test("whatever is sealed opens again by the same key, shows nothing of itself, and is sealed differently each time", () => {
  const box = boxOf();
  fc.assert(
    fc.property(fc.string({ minLength: 8 }), fc.string(), (plain, about) => {
      const sealed = box.seal(plain, about);
      expect(boxOf().open(sealed, about)).toBe(plain);
      expect(isSealed(sealed)).toBe(true);
      expect(sealed).not.toContain(plain);
      expect(box.seal(plain, about)).not.toBe(sealed);
    }),
    { numRuns: 50 },
  );
});

test("its key is made once, readable by the owner alone, or given by the environment", () => {
  boxOf().seal("one", "a");
  expect(statSync(join(folder, "secrets.key")).mode & 0o777).toBe(0o600);
  const given = { ONETILL_SECRETS_KEY: randomBytes(32).toString("base64url") };
  const sealed = boxOf(given).seal("two", "a");
  expect(boxOf(given).open(sealed, "a")).toBe("two");
  expect(() => boxOf().open(sealed, "a")).toThrow(SecretsKeyLost);
});

test("its key is on the disk, and so is its name, before anything is sealed by it: a power cut must not leave what nothing opens", () => {
  asked.length = 0;
  boxOf().seal("one", "a");
  expect(asked).toEqual(["synced", "named", "folder synced"]);
});

test("what was changed, is somebody else's, or was sealed by another key does not open", () => {
  const sealed = boxOf().seal("a secret", "totp:mira");
  const broken = `${sealed.slice(0, -1)}${sealed.endsWith("A") ? "Q" : "A"}`;
  expect(() => boxOf().open(broken, "totp:mira")).toThrow(SecretsKeyLost);
  expect(() => boxOf().open(sealed, "totp:hanna")).toThrow(SecretsKeyLost);
  expect(() => boxOf().open("sealed:1:", "totp:mira")).toThrow(SecretsKeyLost);
  rmSync(join(folder, "secrets.key"));
  expect(() => boxOf().open(sealed, "totp:mira")).toThrow(/--forget-secrets/);
});

test("what an earlier version kept as it was is read as it is; a key that is none is said to be none", () => {
  expect(boxOf().open("whsec_plain", "webhook:1")).toBe("whsec_plain");
  writeFileSync(join(folder, "secrets.key"), "too short\n");
  expect(() => boxOf().seal("a", "b")).toThrow(/holds no key/);
});
