import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nameSynced } from "../on-disk.ts";

/** What is sealed begins so; the number says how: 1 is AES-256-GCM (NIST SP 800-38D) with a nonce of 96 bits before and a tag of 128 bits behind. */
const SEALED = "sealed:1:";
const ALGORITHM = "aes-256-gcm";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_FILE = "secrets.key";
const OWNER_ONLY = 0o600;
const KEY_VARIABLE = "ONETILL_SECRETS_KEY";

/** Keeps secrets so that whoever has the database alone cannot read them. `about`: whose secret it is; a sealed one put elsewhere does not open there. */
export interface SecretBox {
  seal(plain: string, about: string): string;
  /** What was never sealed, by an earlier version, is answered as it is. Throws `SecretsKeyLost` where the key is not there, or is not the one. */
  open(kept: string, about: string): string;
}

/** Where the key is kept. */
export interface SecretKeys {
  /** Null: there is none. Throws where it is none that one can seal with. */
  known(): Uint8Array | null;
  /** Makes one, readable by the owner alone. */
  make(): Uint8Array;
  /** For people. */
  readonly place: string;
}

/** Secrets in the database do not open by the key that is there. */
export class SecretsKeyLost extends Error {
  constructor({ place }: Pick<SecretKeys, "place">) {
    super(
      `The secrets in the database (second steps, webhooks, connected shops, the key of receipts) do not open: the key in ${place} is missing or another one. ` +
        `Put it back from a backup. If it is lost for good start once with --forget-secrets: people then sign in without their second step, webhooks and connected shops need new secrets, and receipts are signed with a new key.`,
    );
    this.name = "SecretsKeyLost";
  }
}

export function isSealed(kept: string): boolean {
  return kept.startsWith(SEALED);
}

/** Seals by a key that is made the first time that something is sealed. */
export function createSecretBox(keys: SecretKeys): SecretBox {
  let key: Uint8Array | null = null;
  return {
    seal(plain, about) {
      key ??= keys.known() ?? keys.make();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(about, "utf8"));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(plain, "utf8"),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return `${SEALED}${sealed.toString("base64url")}`;
    },
    open(kept, about) {
      if (!isSealed(kept)) return kept;
      key ??= keys.known();
      if (key === null) throw new SecretsKeyLost(keys);
      const sealed = Buffer.from(kept.slice(SEALED.length), "base64url");
      try {
        const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(about, "utf8"))
          .setAuthTag(sealed.subarray(-TAG_BYTES));
        const opened = [decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()];
        return Buffer.concat(opened).toString("utf8");
      } catch {
        throw new SecretsKeyLost(keys);
      }
    },
  };
}

/** The key of `ONETILL_SECRETS_KEY` (32 bytes as base64url), or of the file `secrets.key` beside a database. */
export function keysBeside(
  database: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SecretKeys {
  const given = environment[KEY_VARIABLE] ?? "";
  const file = join(dirname(database), KEY_FILE);
  const place = given === "" ? file : KEY_VARIABLE;
  const read = (text: string): Uint8Array => {
    const key = Buffer.from(text.trim(), "base64url");
    if (key.length !== KEY_BYTES) throw new Error(`${place} holds no key: it is 32 bytes as base64url`);
    return key;
  };
  return {
    place,
    known() {
      if (given !== "") return read(given);
      return existsSync(file) ? read(readFileSync(file, "utf8")) : null;
    },
    make() {
      const key = randomBytes(KEY_BYTES);
      // What is sealed by it is on the disk with the next commit: after a power cut the key must be there too.
      // Whole or not at all: half a key would keep the server from starting.
      const fresh = `${file}.new`;
      const made = openSync(fresh, "w", OWNER_ONLY);
      try {
        writeFileSync(made, `${key.toString("base64url")}\n`);
        fsyncSync(made);
      } finally {
        closeSync(made);
      }
      renameSync(fresh, file);
      nameSynced(file);
      return key;
    },
  };
}
