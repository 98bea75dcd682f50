import { randomBytes } from "node:crypto";
import { type DeviceId, type Instant, instant } from "#domain/ids.ts";
import { type ChainCrypto, checkSeal } from "#domain/journal/check.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PairAnswer } from "#protocol/hq/console.ts";
import type { EnrolAnswer, EnrolRequest } from "#protocol/sync/enrol.ts";
import type { PushAnswer } from "#protocol/sync/journal.ts";
import { raiseException } from "../exceptions/raise.ts";
import { isGivenUpKey, publishTillKey } from "../receipts/keys.ts";
import type { DeviceRecord, Storage } from "../storage/port.ts";
import {
  type EnrolRefusal,
  enrolled,
  hashSecret,
  newCode,
  PAIRING_CODE_TTL_MS,
  shownCode,
  TOKEN_BYTES,
} from "./enrol.ts";
import { leftOff } from "./left-off.ts";
import type { Publication, Publisher } from "./publisher.ts";
import { readPublicKey, sha256Hex, verifierFor } from "./signatures.ts";

const WHY_KEPT_ASIDE = "formerMachine";

/** A register whose machine is lost, broken or revoked goes on at another one. */
export interface TakingOver {
  /** A one-time code by which another machine takes a register over; null when there is no such register, or its store has closed. */
  makeCode(device: DeviceId): Promise<PairAnswer | null>;
  takeOver(request: Extract<EnrolRequest, { kind: "takeOver" }>): Promise<Result<EnrolAnswer, EnrolRefusal>>;
  /**
   * What a machine had not sent when another took its place, and sends now: it is kept aside whole and raised as an exception, since its receipt numbers may
   * be given away by now. Acknowledged, so that the machine sends all that it has.
   */
  late(machine: FormerMachine, entries: readonly JournalEntry[]): Promise<PushAnswer>;
}

/** The register as it is now, and the key that a machine had which is not its machine any more. */
export interface FormerMachine {
  readonly device: DeviceRecord;
  readonly publicKey: string;
  /** It wrote its journal as this till: the register's own id, unless the server gave the number to another till in between (SPEC S4c). */
  readonly wroteAs: DeviceId;
}

export function createTakingOver({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): TakingOver {
  return {
    makeCode: (id) =>
      storage.write(async (tx) => {
        const device = await tx.device(id);
        const store = device === null ? null : await tx.store(device.store);
        if (store === null || store.closedAt !== undefined) return null;
        const code = newCode();
        const expiresAt = instant(now() + PAIRING_CODE_TTL_MS);
        await tx.addTakeOverCode({ hash: hashSecret(code), device: id, expiresAt });
        return { code: shownCode(code), store: store.code, storeName: store.name, expiresAt };
      }),

    takeOver: (request) => publisher.publish((publication) => takeOver(publication, request)),

    late: (machine, entries) => publisher.publish((publication) => keepLate(publication, machine, entries)),
  };
}

async function takeOver(
  publication: Publication,
  { code: asked, publicKey }: Extract<EnrolRequest, { kind: "takeOver" }>,
): Promise<Result<EnrolAnswer, EnrolRefusal>> {
  const { tx, at } = publication;
  if (readPublicKey(publicKey) === null) return refused("badPublicKey");
  const code = await tx.takeTakeOverCode(hashSecret(asked.replace("-", "")));
  if (code === null) return refused("codeUnknown");
  if (code.expiresAt < at) return refused("codeExpired");
  const device = await tx.device(code.device);
  const store = device === null ? null : await tx.store(device.store);
  if (device === null || store === null) return refused("codeUnknown");
  // A machine that took over and never heard the answer takes over from itself.
  if (device.publicKey !== publicKey && (await isGivenUpKey(tx, publicKey))) return refused("keyRevoked");
  if (device.publicKey === publicKey && device.revokedAt !== null) return refused("keyRevoked");
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const takenOver = await leftOff(tx, device);
  // An epoch of which nothing arrived begins here: none may be missing in the journal.
  const { seq } = await tx.chainHead({ store: device.store, device: device.id, epoch: device.epoch });
  const epoch = seq === 0 ? device.epoch : device.epoch + 1;
  await tx.takeOver({ device: device.id, publicKey, tokenHash: hashSecret(token), epoch });
  await tx.noteSince(device.id, at);
  await publishTillKey(publication, publicKey);
  // The machine that had the register before is hung up on.
  publication.tell({ dismissed: [device.id] });
  return ok({
    ...enrolled({ ...device, epoch }),
    token,
    store: store.store,
    storeCode: store.code,
    storeName: store.name,
    serverTime: at,
    takenOver,
  });
}

async function keepLate(
  publication: Publication,
  { device, publicKey, wroteAs }: FormerMachine,
  entries: readonly JournalEntry[],
): Promise<PushAnswer> {
  const { tx, at } = publication;
  const crypto: ChainCrypto = { sha256Hex, verify: verifierFor(publicKey) };
  const forged = entries.find(
    (entry) => entry.device !== wroteAs || entry.store !== device.store || !checkSeal(entry, crypto).ok,
  );
  const [first] = entries;
  const last = entries.at(-1);
  if (forged !== undefined)
    return {
      ok: false,
      reason: "badSignature",
      atSeq: forged.seq,
      acknowledged: 0,
      headHash: GENESIS_HASH,
      serverTime: at,
    };
  if (first === undefined || last === undefined) return { ok: true, acknowledged: 0, serverTime: at };
  const unseen: JournalEntry[] = [];
  for (const entry of entries) {
    const hash = await tx.entryHash({
      store: device.store,
      device: wroteAs,
      epoch: entry.epoch,
      seq: entry.seq,
    });
    if (hash !== entry.hash) unseen.push(entry);
  }
  const [begins] = unseen;
  if (begins !== undefined) {
    await tx.quarantine({ entries: unseen, reason: WHY_KEPT_ASIDE, at });
    await raiseException(publication, {
      id: `late:${wroteAs}:${begins.epoch}:${begins.seq}`,
      kind: "forked",
      store: device.store,
      subject: null,
      detail: {
        register: String(device.register),
        device: device.name,
        seq: String(begins.seq),
        lateEntries: String(unseen.length),
        lateReceipts: String(unseen.filter(({ fact }) => ticketOf(fact) !== null).length),
      },
    });
  }
  return { ok: true, acknowledged: last.seq, serverTime: at };
}
