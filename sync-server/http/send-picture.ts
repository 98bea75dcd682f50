import type { FastifyReply } from "fastify";
import type { ImageHash } from "#domain/ids.ts";
import type { PictureRecord } from "../storage/port.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";

/** Answers a picture, which never changes under its hash. Throws a refusal when there is none such. */
export async function sendPicture(
  { storage }: Pick<ServerDeps, "storage">,
  { hash, reply }: { readonly hash: ImageHash; readonly reply: FastifyReply },
): Promise<FastifyReply> {
  return sendPictureFound(await storage.read((tx) => tx.picture(hash)), reply);
}

/** The same of one that was looked for already; null: there is none such. */
export function sendPictureFound(found: PictureRecord | null, reply: FastifyReply): FastifyReply {
  if (found === null) throw new Refusal("notFound", "There is no picture of this hash.");
  return reply
    .header("cache-control", "private, max-age=31536000, immutable")
    .type(found.mime)
    .send(Buffer.from(found.bytes));
}
