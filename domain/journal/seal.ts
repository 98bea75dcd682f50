import { canonicalJson } from "./canonical-json.ts";
import {
  type EntryContent,
  type JournalEntry,
  type Sha256Hex,
  SIGNATURE_CONTEXT,
  type Signer,
} from "./entry.ts";

/** The hash of an entry's content: SHA-256 over its canonical JSON, `prev` included, `hash` and `signature` not. */
export function hashOfContent(content: EntryContent, sha256Hex: Sha256Hex): string {
  const { id, device, epoch, seq, store, staff, at, fact, prev } = content;
  return sha256Hex(canonicalJson({ id, device, epoch, seq, store, staff, at, fact, prev }));
}

/** Hashes and signs an entry: from here on it never changes. */
export function sealEntry({
  content,
  sha256Hex,
  sign,
}: {
  readonly content: EntryContent;
  readonly sha256Hex: Sha256Hex;
  readonly sign: Signer;
}): JournalEntry {
  const hash = hashOfContent(content, sha256Hex);
  return { ...content, hash, signature: sign(SIGNATURE_CONTEXT + hash) };
}
