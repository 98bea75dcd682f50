import { type KeyObject, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { base64urlSchema } from "#protocol/scalars.ts";
import type { Vault } from "./identity.ts";
import { replaceFile } from "./replace-file.ts";
import { KEY_BYTES, keyFrom } from "./seal.ts";

const keySchema = base64urlSchema.refine((key) => Buffer.from(key, "base64url").length === KEY_BYTES);
const savedSchema = z.strictObject({ own: keySchema, lent: keySchema.nullable() });
type Saved = z.infer<typeof savedSchema>;

/** By which what lies on this till's disk opens. */
export interface Keys {
  /** Of what stays readable however long the till is away: verifiers of PINs and badges, addresses of mails that wait. */
  readonly own: KeyObject;
  /** Of what is known of customers: lent by the server, null when it lapsed or never came. */
  readonly lent: KeyObject | null;
}

/**
 * The keys that this till's disk is sealed by, in a file of their own which the vault seals and its owner alone may read: whoever copies the
 * databases has none of them.
 */
export class TillKeys implements Keys {
  readonly #file: string;
  readonly #vault: Vault;
  #saved: Saved;
  readonly #own: KeyObject;
  #lent: KeyObject | null;

  private constructor(file: string, vault: Vault, saved: Saved) {
    this.#file = file;
    this.#vault = vault;
    this.#saved = saved;
    this.#own = keyFrom(saved.own);
    this.#lent = saved.lent === null ? null : keyFrom(saved.lent);
  }

  /**
   * Reads the file, or makes keys where there is none. One that cannot be read is set aside and `onDamaged` told, and there are new keys: what the old
   * ones sealed of the replica can be pulled again, drafts cannot, and open again only where that file is mended. `own`: of another till on this
   * disk, whose copied replica is to open here. Throws what the disk throws.
   */
  static async load(
    dataDir: string,
    vault: Vault,
    { onDamaged, own }: { readonly onDamaged?: (error: unknown) => void; readonly own?: KeyObject } = {},
  ): Promise<TillKeys> {
    const file = join(dataDir, "keys.json");
    if (existsSync(file)) {
      try {
        return new TillKeys(
          file,
          vault,
          savedSchema.parse(JSON.parse(vault.open(readFileSync(file, "utf8")))),
        );
      } catch (error) {
        await rename(file, `${file}.damaged`);
        onDamaged?.(error);
      }
    }
    const made = (own?.export() ?? randomBytes(KEY_BYTES)).toString("base64url");
    const keys = new TillKeys(file, vault, { own: made, lent: null });
    await keys.#save(keys.#saved);
    return keys;
  }

  get own(): KeyObject {
    return this.#own;
  }

  get lent(): KeyObject | null {
    return this.#lent;
  }

  /** Whether the lent key is on this till, in memory or on the disk alone: one that was given back while the disk took nothing lies there still. */
  get hasLent(): boolean {
    return this.#lent !== null || this.#saved.lent !== null;
  }

  /** The key (base64url) is on the disk when this resolves. Throws what the disk throws, and a RangeError where it is none. */
  async lend(key: string): Promise<void> {
    if (!keySchema.safeParse(key).success) throw new RangeError("the key that was lent is none");
    await this.#save({ ...this.#saved, lent: key });
    this.#lent = keyFrom(key);
  }

  /** The lent key is on this till no more, in memory at once and on the disk when this resolves. Throws what the disk throws. */
  async giveBack(): Promise<void> {
    this.#lent = null;
    if (this.#saved.lent !== null) await this.#save({ ...this.#saved, lent: null });
  }

  async #save(saved: Saved): Promise<void> {
    await replaceFile(this.#file, this.#vault.seal(JSON.stringify(saved)));
    this.#saved = saved;
  }
}
