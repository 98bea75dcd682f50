import { createHash } from "node:crypto";
import { type ImageHash, type Instant, idOf, instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Storage } from "../../storage/port.ts";
import type { OneProcess } from "../in-process.ts";
import { type DarkroomAnswer, type DarkroomJob, pictureHead } from "./picture-kind.ts";

/** What tills show, and what a page shows large: the longest side, in pixels. */
const TILL_SIDE = 320;
const DETAIL_SIDE = 1_024;
/** Drawn it takes four bytes a pixel, several times over. */
const MAX_PIXELS = 40_000_000;
const MAX_SIDE = 16_384;
/** So long a picture that no product shows is kept: a change may be taken back. */
const KEPT_UNUSED_MS = 30 * 86_400_000;
const DROPPED_AT_ONCE = 100;
const MIME = "image/webp";

export type PictureRefusal = "notAPicture" | "tooManyPixels" | "unreadable" | "busy";

export interface KeptPicture {
  readonly till: ImageHash;
  readonly detail: ImageHash;
  /** Of the picture as it came, in pixels. */
  readonly width: number;
  readonly height: number;
}

export type Darkroom = OneProcess<DarkroomJob, DarkroomAnswer>;

/**
 * Makes a picture smaller and keeps what comes of it under its hash. What it is is read from its bytes; how large it is drawn is known before it is.
 * Lets go of pictures that no product has shown for long.
 */
export async function keepPicture(
  bytes: Uint8Array,
  {
    storage,
    darkroom,
    now,
  }: { readonly storage: Storage; readonly darkroom: Darkroom; readonly now: () => Instant },
): Promise<Result<KeptPicture, PictureRefusal>> {
  const head = pictureHead(bytes);
  if (head === null || head.width === 0 || head.height === 0) return refused("notAPicture");
  if (head.width * head.height > MAX_PIXELS || Math.max(head.width, head.height) > MAX_SIDE)
    return refused("tooManyPixels");
  const developed = await darkroom.run({ kind: head.kind, bytes, sides: [TILL_SIDE, DETAIL_SIDE] });
  if (!developed.ok) return developed.reason === "busy" ? refused("busy") : refused("unreadable");
  if (!developed.value.ok) return refused("unreadable");
  const { made, width, height } = developed.value;
  const [till, detail] = made.map((each) => ({ hash: hashOf(each), bytes: each }));
  if (till === undefined || detail === undefined) return refused("unreadable");
  await storage.write(async (tx) => {
    const at = now();
    for (const each of [till, detail]) {
      await tx.putPicture(each.hash, { mime: MIME, bytes: each.bytes });
      await tx.notePicture(each.hash, at);
    }
    await tx.dropUnusedPictures({ before: instant(at - KEPT_UNUSED_MS), limit: DROPPED_AT_ONCE });
  });
  return ok({ till: till.hash, detail: detail.hash, width, height });
}

function hashOf(bytes: Uint8Array): ImageHash {
  return idOf<"ImageHash">(createHash("sha256").update(bytes).digest("hex"));
}
