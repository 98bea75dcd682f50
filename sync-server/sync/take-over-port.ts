import type { DeviceId, Instant } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { JournalSpot, TillOfStore } from "../audit/port.ts";
import type { DeviceRecord } from "../storage/port.ts";

/** A key that a register's journal was signed with before another machine took it over. */
export interface FormerKey {
  readonly device: DeviceId;
  readonly publicKey: string;
  /** The newest epoch that is signed with it. */
  readonly untilEpoch: number;
  /** HQ had revoked the machine when another took its place; null: it was lost or broken and no more. */
  readonly revokedAt: Instant | null;
}

export interface TakeOverReads {
  /** Keys that other machines had, by register and in the order in which they were given up; null: of every register. */
  formerKeys(device: DeviceId | null): Promise<readonly FormerKey[]>;
  /** The machine that had a register before, by the hash of its token: the register as it is, the key that it had, and the id that it wrote its journal as. */
  formerMachine(tokenHash: string): Promise<{
    readonly device: DeviceRecord;
    readonly publicKey: string;
    readonly wroteAs: DeviceId;
  } | null>;
  /** Entries of a till, the newest first, over all its epochs: those before a spot, the first `limit` of them. */
  newestEntries(
    ask: TillOfStore & { readonly before: JournalSpot; readonly limit: number },
  ): Promise<readonly JournalEntry[]>;
}

export interface TakeOverWrites {
  addTakeOverCode(code: {
    readonly hash: string;
    readonly device: DeviceId;
    readonly expiresAt: Instant;
  }): Promise<void>;
  /** Takes a code away, so that it works once; null when there is none such. */
  takeTakeOverCode(hash: string): Promise<{ readonly device: DeviceId; readonly expiresAt: Instant } | null>;
  /** Another machine has the register from an epoch on, with its own key and token, revoked no more. What the one before had is kept. */
  takeOver(by: {
    readonly device: DeviceId;
    readonly publicKey: string;
    readonly tokenHash: string;
    readonly epoch: number;
  }): Promise<void>;
}
