import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { type DeviceId, idOf, instant, type StoreId } from "../ids.ts";
import type { ChainCrypto } from "../journal/check.ts";
import { type EntryContent, type Fact, GENESIS_HASH, type JournalEntry } from "../journal/entry.ts";
import { sealEntry } from "../journal/seal.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { MIRA, NOON } from "./arbitrary-baskets.ts";

export const TILL: DeviceId = idOf<"Device">("till-3");
export const BERLIN: StoreId = idOf<"Store">("berlin");

/** Secret key of the first test of RFC 8032, section 7.1, in the wrapping of RFC 8410: no till's, known to everyone. */
const KEY: KeyObject = createPrivateKey({
  key: Buffer.from(
    "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
    "hex",
  ),
  format: "der",
  type: "pkcs8",
});
const PUBLIC_KEY = createPublicKey(KEY);

export const sha256Hex = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Hash and signature for real, as till and server do them. */
export const CRYPTO: ChainCrypto = {
  sha256Hex,
  verify: (text, signature) =>
    verify(null, Buffer.from(text, "utf8"), PUBLIC_KEY, Buffer.from(signature, "base64url")),
};

export const BEGUN: Fact = { type: "epoch.begun", register: 3, nextReceipt: 1, previous: null };

export function seal(content: EntryContent): JournalEntry {
  return sealEntry({
    content,
    sha256Hex,
    sign: (text) => sign(null, Buffer.from(text, "utf8"), KEY).toString("base64url"),
  });
}

/** A chain as the till writes it: one entry per fact, the first of which should begin the epoch. */
export function written(facts: readonly Fact[], epoch = 1): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (const [index, fact] of facts.entries()) {
    entries.push(
      seal({
        id: idOf<"Entry">(`entry-${epoch}-${index + 1}`),
        device: TILL,
        epoch,
        seq: index + 1,
        store: BERLIN,
        staff: fact.type === "epoch.begun" ? null : MIRA,
        at: instant(NOON + index * 1_000),
        fact,
        prev: entries.at(-1)?.hash ?? GENESIS_HASH,
      }),
    );
  }
  return entries;
}

export function sold(ticket: Ticket): Fact {
  return { type: "ticket.completed", ticket };
}
