import { verify } from "node:crypto";
import type { Pairing } from "#domain/store/letting-in.ts";
import { receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import { PAIRING_CONTEXT, pairingSchema } from "#protocol/sync/letting-in.ts";
import { idOfKey } from "../receipts/keys.ts";
import { knownServerKey, type ServerKey } from "../receipts/server-key.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { RECEIPTS_FEED } from "./feeds.ts";
import { readPublicKey } from "./signatures.ts";

/** Writes a till's pairing so that any server of this shop knows it for its own. */
export function writeCertificate(pairing: Pairing, key: ServerKey): string {
  const { device, store, storeCode, register, name, publicKey, since } = pairing;
  const content = {
    device,
    store,
    register,
    name,
    publicKey,
    since,
    storeCode,
    server: key.publicKey.toString("base64url"),
  };
  const body = Buffer.from(JSON.stringify(content), "utf8").toString("base64url");
  return `${body}.${Buffer.from(key.sign(signed(body))).toString("base64url")}`;
}

/** The pairing that a certificate tells of; null for one that no server of this shop ever signed. */
export async function readCertificate(tx: ReadTransaction, certificate: string): Promise<Pairing | null> {
  const [body = "", signature = ""] = certificate.split(".");
  const read = pairingSchema.safeParse(parsed(Buffer.from(body, "base64url").toString("utf8")));
  if (!read.success) return null;
  const { server, ...pairing } = read.data;
  const key = readPublicKey(server);
  if (key === null || !(await isServers(tx, server))) return null;
  return verify(null, signed(body), key, Buffer.from(signature, "base64url")) ? pairing : null;
}

/** Whether a key is the server's, or was before it was lost: each was told to every till. */
async function isServers(tx: ReadTransaction, publicKey: string): Promise<boolean> {
  if ((await knownServerKey(tx))?.publicKey.toString("base64url") === publicKey) return true;
  const id = idOfKey(Buffer.from(publicKey, "base64url"));
  const told = await tx.liveDocument({ feed: RECEIPTS_FEED, collection: "receipts", id });
  if (told === null) return false;
  const key = receiptDocumentSchema.parse(JSON.parse(told));
  return key.kind === "key" && key.publicKey === publicKey && key.device === null && key.revokedAt === null;
}

function signed(body: string): Buffer {
  return Buffer.from(`${PAIRING_CONTEXT}${body}`, "utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
