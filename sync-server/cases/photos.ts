import { createHash } from "node:crypto";
import type { CasePhoto } from "#domain/cases/facts.ts";
import { type ImageHash, idOf } from "#domain/ids.ts";
import type { WriteTransaction } from "../storage/port.ts";
import type { NewPhoto } from "./case-desk.ts";

/** Keeps photos under the names that a till gave them. One that is not what its name says is not kept: the journal has it as it came. */
export async function keepPhotos(tx: WriteTransaction, photos: readonly CasePhoto[]): Promise<void> {
  for (const photo of photos) {
    const bytes = Buffer.from(photo.bytes, "base64");
    if (hashOf(bytes) === photo.hash) await tx.putPicture(photo.hash, { mime: photo.mime, bytes });
  }
}

/** Names photos by the hash of their bytes and keeps them. */
export async function keepNewPhotos(
  tx: WriteTransaction,
  photos: readonly NewPhoto[],
): Promise<readonly ImageHash[]> {
  const named = photos.map((photo) => ({ ...photo, hash: hashOf(Buffer.from(photo.bytes, "base64")) }));
  await keepPhotos(tx, named);
  return [...new Set(named.map(({ hash }) => hash))];
}

function hashOf(bytes: Uint8Array): ImageHash {
  return idOf<"ImageHash">(createHash("sha256").update(bytes).digest("hex"));
}
