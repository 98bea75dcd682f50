import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerClient } from "../sync/server-client.ts";

export interface Picture {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/svg+xml": "svg",
  "image/png": "png",
  "image/webp": "webp",
  "image/jpeg": "jpg",
};

/** Pictures by the hash of their bytes, as files: fetched when first asked for, kept, and never trusted before their hash is checked. */
export class Pictures {
  readonly #folder: string;
  readonly #client: () => ServerClient | null;
  readonly #under: Map<string, Promise<Picture | null>> = new Map();

  constructor({ dataDir, client }: { readonly dataDir: string; readonly client: () => ServerClient | null }) {
    this.#folder = join(dataDir, "pictures");
    this.#client = client;
  }

  /** Null when the till does not have the picture and cannot get it now. */
  get(hash: string): Promise<Picture | null> {
    if (!/^[0-9a-f]{64}$/.test(hash)) return Promise.resolve(null);
    const asked = this.#under.get(hash);
    if (asked !== undefined) return asked;
    const found = this.#kept(hash).then((kept) => kept ?? this.#fetched(hash));
    this.#under.set(hash, found);
    return found.finally(() => this.#under.delete(hash));
  }

  async #kept(hash: string): Promise<Picture | null> {
    for (const [mime, extension] of Object.entries(EXTENSIONS)) {
      try {
        return { mime, bytes: await readFile(join(this.#folder, `${hash}.${extension}`)) };
      } catch {
        // Not kept in this format; the next may be.
      }
    }
    return null;
  }

  async #fetched(hash: string): Promise<Picture | null> {
    try {
      const picture = (await this.#client()?.picture(hash)) ?? null;
      if (picture === null || createHash("sha256").update(picture.bytes).digest("hex") !== hash) return null;
      await this.#keep(hash, picture);
      return picture;
    } catch {
      // A tile without its picture is no reason to trouble a cashier; it is asked for again when it is next shown.
      return null;
    }
  }

  async #keep(hash: string, picture: Picture): Promise<void> {
    const extension = EXTENSIONS[picture.mime];
    if (extension === undefined) return;
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, `${hash}.${extension}`);
    await writeFile(`${file}.new`, picture.bytes);
    await rename(`${file}.new`, file);
  }
}
