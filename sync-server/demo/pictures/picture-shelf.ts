import { createHash } from "node:crypto";
import { type ImageHash, idOf } from "#domain/ids.ts";
import { type Drawing, drawPicture } from "./draw.ts";

export interface Picture {
  readonly hash: ImageHash;
  readonly mime: "image/svg+xml";
  readonly bytes: Uint8Array;
}

/** Keeps each different picture once, under the SHA-256 of its bytes. */
export class PictureShelf {
  readonly #pictures = new Map<ImageHash, Picture>();

  /** Draws a picture and returns where it is kept. */
  draw(drawing: Drawing): ImageHash {
    const bytes = new TextEncoder().encode(drawPicture(drawing));
    const hash = idOf<"ImageHash">(createHash("sha256").update(bytes).digest("hex"));
    this.#pictures.set(hash, { hash, mime: "image/svg+xml", bytes });
    return hash;
  }

  all(): readonly Picture[] {
    return [...this.#pictures.values()];
  }
}
