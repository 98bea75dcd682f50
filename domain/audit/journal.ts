import type { DeviceId, Instant } from "../ids.ts";
import type { ChainCrypto } from "../journal/check.ts";
import type { JournalEntry } from "../journal/entry.ts";

/** An entry as it lies in an export, and when the server received it. A line that is none says why. */
export type AuditedLine =
  | { readonly ok: true; readonly entry: JournalEntry; readonly receivedAt: Instant }
  | { readonly ok: false; readonly problem: string };

/** What a manifest promises of one epoch: between which entries all are there. */
export interface PromisedEpoch {
  readonly epoch: number;
  readonly first: { readonly seq: number; readonly prev: string };
  readonly last: { readonly seq: number; readonly hash: string };
}

/** The journal of one till in an export, epochs ascending; `lines` may be read once, in order. */
export interface AuditedTill {
  readonly device: DeviceId;
  readonly register: number;
  /** Whether it is said to be there from its first entry on, and not from a day on. */
  readonly isWhole: boolean;
  /** Null: there is no key to check its signatures with. */
  readonly crypto: ChainCrypto | null;
  readonly epochs: readonly (PromisedEpoch & {
    readonly lines: Iterable<AuditedLine>;
    /** Where another machine wrote it than the one that has the register now; null: there is no key of that one. */
    readonly crypto?: ChainCrypto | null;
  })[];
  /** Hashes of what the server kept aside. */
  readonly keptAside: readonly { readonly epoch: number; readonly seq: number; readonly hash: string }[];
}
