import { canonicalJson, canonicalObject } from "./canonical-json.ts";
import {
  type EntryContent,
  type JournalEntry,
  type Sha256Hex,
  SIGNATURE_CONTEXT,
  type Signer,
} from "./entry.ts";

interface Sealing {
  readonly content: EntryContent;
  readonly sha256Hex: Sha256Hex;
  readonly sign: Signer;
}

/** The hash of an entry's content: SHA-256 over its canonical JSON, `prev` included, `hash` and `signature` not. */
export function hashOfContent(content: EntryContent, sha256Hex: Sha256Hex): string {
  const { id, device, epoch, seq, store, staff, at, fact, prev } = content;
  return sha256Hex(canonicalJson({ id, device, epoch, seq, store, staff, at, fact, prev }));
}

/** Hashes and signs an entry: from here on it never changes. */
export function sealEntry(sealing: Sealing): JournalEntry {
  return sealedWithText(sealing).entry;
}

/** As `sealEntry`, with the entry's own canonical JSON: what was hashed is in it as it was written then. */
export function sealedWithText({ content, sha256Hex, sign }: Sealing): {
  readonly entry: JournalEntry;
  readonly text: string;
} {
  const texts = textsOf(content);
  const hash = sha256Hex(canonicalObject(texts));
  const signature = sign(SIGNATURE_CONTEXT + hash);
  return {
    entry: { ...content, hash, signature },
    text: canonicalObject({ ...texts, hash: canonicalJson(hash), signature: canonicalJson(signature) }),
  };
}

/** Each member of an entry's content as canonical JSON. */
function textsOf({ id, device, epoch, seq, store, staff, at, fact, prev }: EntryContent) {
  return {
    id: canonicalJson(id),
    device: canonicalJson(device),
    epoch: canonicalJson(epoch),
    seq: canonicalJson(seq),
    store: canonicalJson(store),
    staff: canonicalJson(staff),
    at: canonicalJson(at),
    fact: canonicalJson(fact),
    prev: canonicalJson(prev),
  };
}
