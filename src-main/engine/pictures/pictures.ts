import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerClient } from "../sync/server-client.ts";

export interface Picture {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** The kinds of picture a till shows; what claims to be anything else is not kept and not handed on. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["image/svg+xml", "svg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
  ["image/jpeg", "jpg"],
]);

/** Pictures by the SHA-256 of their bytes, as files: fetched when first asked for, kept for good, and believed only when their hash is right. */
export class Pictures {
  readonly #folder: string;
  readonly #client: () => Pick<ServerClient, "picture"> | null;
  readonly #underWay = new Map<string, Promise<Picture | null>>();

  constructor({
    dataDir,
    client,
  }: {
    readonly dataDir: string;
    /** Null while the till is not paired. */
    readonly client: () => Pick<ServerClient, "picture"> | null;
  }) {
    this.#folder = join(dataDir, "pictures");
    this.#client = client;
  }

  /** Null when the till does not have the picture and cannot get it now: a tile without one is no reason to trouble a cashier. */
  async get(hash: string): Promise<Picture | null> {
    if (!/^[0-9a-f]{64}$/.test(hash)) return null;
    const underWay = this.#underWay.get(hash);
    if (underWay !== undefined) return underWay;
    const found = this.#find(hash).catch(() => null);
    this.#underWay.set(hash, found);
    try {
      return await found;
    } finally {
      this.#underWay.delete(hash);
    }
  }

  /** Makes sure that the picture is kept. False when the server has none such. Throws when it cannot be asked or the disk is full. */
  async keep(hash: string): Promise<boolean> {
    for (const extension of EXTENSIONS.values())
      if ((await stat(this.#fileOf(hash, extension)).catch(() => null)) !== null) return true;
    return (await this.#fetched(hash)) !== null;
  }

  /** Keeps a picture that was made here, under the hash of its bytes. Throws when the disk is full. */
  async put({ mime, bytes }: Picture): Promise<void> {
    const extension = EXTENSIONS.get(mime);
    if (extension === undefined) return;
    await this.#write(createHash("sha256").update(bytes).digest("hex"), { extension, bytes });
  }

  async #find(hash: string): Promise<Picture | null> {
    for (const [mime, extension] of EXTENSIONS) {
      const bytes = await readFile(this.#fileOf(hash, extension)).catch(() => null);
      // A power cut may have left the name without all of its bytes.
      if (bytes !== null && isNamed(bytes, hash)) return { mime, bytes };
    }
    return this.#fetched(hash);
  }

  async #fetched(hash: string): Promise<Picture | null> {
    const picture = (await this.#client()?.picture(hash)) ?? null;
    const extension = EXTENSIONS.get(picture?.mime ?? "");
    if (picture === null || extension === undefined) return null;
    if (!isNamed(picture.bytes, hash)) return null;
    await this.#write(hash, { extension, bytes: picture.bytes });
    return picture;
  }

  async #write(
    hash: string,
    { extension, bytes }: { readonly extension: string; readonly bytes: Uint8Array },
  ): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = this.#fileOf(hash, extension);
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
  }

  #fileOf(hash: string, extension: string): string {
    return join(this.#folder, `${hash}.${extension}`);
  }
}

function isNamed(bytes: Uint8Array, hash: string): boolean {
  return createHash("sha256").update(bytes).digest("hex") === hash;
}
