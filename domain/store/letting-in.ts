import { type DeviceId, type Instant, instant, type StoreId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";

/** Which machine got which register, and when: what a till can show to a server that went back to a time before it. */
export interface Pairing {
  readonly device: DeviceId;
  readonly store: StoreId;
  readonly register: number;
  readonly name: string;
  /** Raw Ed25519 public key of the machine, base64url. */
  readonly publicKey: string;
  /** When the machine got the register, by the server's clock. */
  readonly since: Instant;
  /** Of the store, as it stands on its receipts; absent in what was written before that was noted. */
  readonly storeCode?: string;
}

/** A till that shows a genuine pairing and is not let in; it asks again every few minutes, and sells on if it has its journal. */
export interface Knock {
  readonly device: DeviceId;
  readonly store: StoreId;
  /** Null: it does not show it. */
  readonly storeCode: string | null;
  readonly register: number;
  readonly name: string;
  readonly reason: Exclude<NotLetIn, "revoked">;
  /** It has lost its journal: it sells nothing, whatever else it is that keeps it out. */
  readonly lost: boolean;
  readonly at: Instant;
}

/** A till that was heard of no more for so long does not knock any more. */
export const KNOCKS_FOR_MS = 86_400_000;

/** A till that was last heard of at this moment still knocks at `at`; one that was heard of before it does not. */
export function knocksSince(at: Instant): Instant {
  return instant(at - KNOCKS_FOR_MS);
}

/** So many tills of one store can have been paired since the backup that its server went back to: their numbers stay free. */
export const REGISTERS_SKIPPED = 10;

/** What the server knows of the register's machine. */
export interface KnownMachine {
  readonly publicKey: string;
  /** Null: it got the register before that was noted. */
  readonly since: Instant | null;
  readonly revokedAt: Instant | null;
}

/**
 * `madeAgain`: the server did not know the till, and knows it again as it was. `known`: it is the machine that the server knows. `takesOver`: it had taken the
 * register over from the machine that the server knows, in the time that the server lost. `aside`: its register is another's by now: what it wrote is kept
 * aside and shown to HQ, and it sells no more.
 */
export type LetIn = "madeAgain" | "known" | "takesOver" | "aside";

/** `journalLost`: neither the till nor the server knows which receipt numbers it gave out, so it must give out none. */
export type NotLetIn = "revoked" | "storeUnknown" | "journalLost";

/**
 * What HQ does about a till that knocks. `storeUnknown`: makes its store again. `coming`: nothing, its store is there again. `journalLost`: pairs it anew.
 * `storeAndJournalLost`: makes its store again, and pairs it anew in it.
 */
export const KNOCK_STATES = ["storeUnknown", "coming", "journalLost", "storeAndJournalLost"] as const;
export type KnockState = (typeof KNOCK_STATES)[number];

export function knockState(
  { reason, lost }: Pick<Knock, "reason" | "lost">,
  isStoreKnown: boolean,
): KnockState {
  if (reason === "journalLost") return "journalLost";
  if (lost) return isStoreKnown ? "journalLost" : "storeAndJournalLost";
  return isStoreKnown ? "coming" : "storeUnknown";
}

/**
 * As what a store is made again that was lost with the time in which it was made: as the one that a till of it knocks for, so that the till is let in and what it sold is booked.
 * `otherCode`: the receipts that it has given out say another one.
 */
export function storeMadeAgain(
  knock: Pick<Knock, "store" | "storeCode" | "reason"> | null,
  code: string,
): Result<StoreId, "nobodyKnocks" | "otherCode"> {
  if (knock?.reason !== "storeUnknown") return refused("nobodyKnocks");
  return knock.storeCode !== null && knock.storeCode !== code ? refused("otherCode") : ok(knock.store);
}

/**
 * Whether tills wait for the store of this code to be made again, as another one than `store`. A store that is not theirs shuts them out for good if it has their code,
 * and gives out the numbers on their receipts a second time.
 */
export function isCodeAwaited(
  knocks: readonly Pick<Knock, "store" | "storeCode" | "reason">[],
  code: string,
  store: StoreId,
): boolean {
  return knocks.some(
    (knock) => knock.reason === "storeUnknown" && knock.storeCode === code && knock.store !== store,
  );
}

/**
 * Whether a till that shows a genuine pairing goes on where it is not known (any more), and as what (SPEC S4c). A number that is on a receipt is never
 * another's, and what HQ said last of a machine holds.
 */
export function lettingIn({
  pairing,
  isStoreKnown,
  isKeyRevoked,
  known,
  isRegisterTaken,
  hasLostJournal,
}: {
  readonly pairing: Pick<Pairing, "publicKey" | "since">;
  readonly isStoreKnown: boolean;
  /** HQ has revoked the machine of this key, or gave its register to another. */
  readonly isKeyRevoked: boolean;
  /** Null: the server knows no till of this id. */
  readonly known: KnownMachine | null;
  /** Another till of the store has the register's number. */
  readonly isRegisterTaken: boolean;
  readonly hasLostJournal: boolean;
}): Result<LetIn, NotLetIn> {
  if (isKeyRevoked) return refused("revoked");
  if (!isStoreKnown) return refused("storeUnknown");
  if (known?.publicKey === pairing.publicKey)
    return known.revokedAt === null ? ok("known") : refused("revoked");
  if (hasLostJournal) return refused("journalLost");
  if (known === null) return ok(isRegisterTaken ? "aside" : "madeAgain");
  // HQ revoked the register after this machine had got it.
  if (known.revokedAt !== null && known.revokedAt >= pairing.since) return refused("revoked");
  return ok(known.since === null || pairing.since > known.since ? "takesOver" : "aside");
}
