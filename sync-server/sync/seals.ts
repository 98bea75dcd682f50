import { type KeyObject, verify } from "node:crypto";
import { type ChainCrypto, SIGNATURE_SPELLING } from "#domain/journal/check.ts";
import { type JournalEntry, SIGNATURE_CONTEXT, type SignatureVerifier } from "#domain/journal/entry.ts";
import { knownPublicKey, sha256Hex, verifierFor } from "./signatures.ts";
import { WaitingRoom } from "./waiting-room.ts";

/** Looks at the signatures of entries before it is their turn to be taken in; by one key, and for this key alone. */
export type LooksAhead = (publicKey: string, entries: readonly JournalEntry[]) => Promise<LookedAt>;

/** Signatures that were looked at, with what came of it. */
export interface LookedAt {
  readonly publicKey: string;
  /** By the signed text and the signature. */
  readonly found: ReadonlyMap<string, boolean>;
}

/** None: each is looked at in its turn. */
export const NOT_AHEAD: LooksAhead = async (publicKey) => ({ publicKey, found: new Map() });

/** Of a longer run the other threads are given so many signatures at a time. */
const HANDED_OUT = 32;
/**
 * So many times as many at the same time, of all longer runs together: as many as are booked at one go, so that those threads have something to do while this one books, and who sells now
 * waits some twenty milliseconds for them at most, however much comes back after days.
 */
const MOST_HANDED_OUT = 8;
const longer = new WaitingRoom(MOST_HANDED_OUT);

/** By other threads of this process, while others are served: an elliptic curve costs as much as half of a booking. */
export const lookAhead: LooksAhead = async (publicKey, entries) => {
  const key = knownPublicKey(publicKey);
  if (key === null) return { publicKey, found: new Map() };
  const looked = (some: readonly JournalEntry[]) => Promise.all(some.map((entry) => look(key, entry)));
  if (entries.length <= HANDED_OUT) return { publicKey, found: new Map((await looked(entries)).flat()) };
  const parts: Promise<readonly Found[][]>[] = [];
  for (let at = 0; at < entries.length; at += HANDED_OUT)
    parts.push(longer.during(() => looked(entries.slice(at, at + HANDED_OUT))));
  return { publicKey, found: new Map((await Promise.all(parts)).flat(2)) };
};

type Found = readonly [string, boolean];

async function look(key: KeyObject, { hash, signature }: JournalEntry): Promise<Found[]> {
  // Of another spelling it is refused in its turn, without being looked at.
  if (!SIGNATURE_SPELLING.test(signature)) return [];
  const text = SIGNATURE_CONTEXT + hash;
  const isGenuine = await new Promise<boolean>((done, failed) => {
    verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"), (error, good) =>
      error === null ? done(good) : failed(error),
    );
  });
  return [[named(text, signature), isGenuine]];
}

/** Checks the seals of one till's entries; what was looked at ahead by this very key is not looked at again. */
export function chainCryptoOf(publicKey: string, ahead: LookedAt): ChainCrypto {
  const found: LookedAt["found"] = ahead.publicKey === publicKey ? ahead.found : new Map();
  // Reading a key costs a third of what looking at a signature does: nearly always all were looked at ahead.
  let inTurn: SignatureVerifier | null = null;
  return {
    sha256Hex,
    verify: (text, signature) => {
      const known = found.get(named(text, signature));
      if (known !== undefined) return known;
      inTurn ??= verifierFor(publicKey);
      return inTurn(text, signature);
    },
  };
}

function named(text: string, signature: string): string {
  return `${text} ${signature}`;
}
