import { randomBytes, randomInt, verify } from "node:crypto";
import { type DeviceId, type Instant, idOf, instant } from "#domain/ids.ts";
import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PairAnswer } from "#protocol/hq/console.ts";
import type { EnrolAnswer, EnrolRequest } from "#protocol/sync/enrol.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { isRevokedKey, publishTillKey } from "../receipts/keys.ts";
import type { DeviceRecord, ReadTransaction, Storage } from "../storage/port.ts";
import { leftOff } from "./left-off.ts";
import type { Publisher } from "./publisher.ts";
import { readPublicKey, sha256Hex } from "./signatures.ts";

export const PAIRING_CODE_TTL_MS = 15 * 60_000;
/** No 0/O, 1/I/L: a code is read off one screen and typed on another. */
const CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
/** Epochs that a till can have begun since the backup that a server went back to: more are a mistake. */
const MOST_EPOCHS_LOST = 1_000;
const CODE_CHARS = 8;
export const TOKEN_BYTES = 32;

export type EnrolRefusal = "codeUnknown" | "codeExpired" | "badPublicKey" | "keyRevoked";

/** Secrets are stored as their SHA-256: they are random and long, so a fast hash is enough. */
export function hashSecret(secret: string): string {
  return sha256Hex(secret);
}

export interface Enrolment {
  /** A one-time code by which one till joins the store; null when there is no such store. */
  makePairingCode(storeCode: string): Promise<PairAnswer | null>;
  pair(request: Extract<EnrolRequest, { kind: "pair" }>): Promise<Result<EnrolAnswer, EnrolRefusal>>;
  /** A till whose journal forked goes on in its next epoch. Refused when it is not in the epoch it says or did not sign the wish. */
  nextEpoch(
    device: DeviceRecord,
    request: Extract<EnrolRequest, { kind: "nextEpoch" }>,
  ): Promise<Result<EnrolAnswer, "badSignature" | "wrongEpoch">>;
}

export function createEnrolment({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): Enrolment {
  return {
    makePairingCode: (storeCode) =>
      storage.write(async (tx) => {
        const store = await tx.storeByCode(storeCode);
        if (store === null || store.closedAt !== undefined) return null;
        const code = newCode();
        const expiresAt = instant(now() + PAIRING_CODE_TTL_MS);
        await tx.addPairingCode({ hash: hashSecret(code), store: store.store, expiresAt });
        return {
          code: shownCode(code),
          store: store.code,
          storeName: store.name,
          expiresAt,
        };
      }),

    pair: (request) =>
      publisher.publish(async (publication): Promise<Result<EnrolAnswer, EnrolRefusal>> => {
        const { tx } = publication;
        if (readPublicKey(request.publicKey) === null) return refused("badPublicKey");
        if (await isRevokedKey(tx, request.publicKey)) return refused("keyRevoked");
        const code = await tx.takePairingCode(hashSecret(request.code.replace("-", "")));
        if (code === null) return refused("codeUnknown");
        if (code.expiresAt < now()) return refused("codeExpired");
        const store = await tx.store(code.store);
        if (store === null) return refused("codeUnknown");
        const token = randomBytes(TOKEN_BYTES).toString("base64url");
        const device = {
          id: idOf<"Device">(newId()),
          store: store.store,
          register: await tx.nextRegister(store.store),
          name: request.name,
          publicKey: request.publicKey,
          epoch: 1,
        };
        await tx.addDevice(device, hashSecret(token));
        await tx.noteSince(device.id, publication.at);
        await publishTillKey(publication, device.publicKey);
        return ok({
          ...enrolled(device),
          token,
          store: store.store,
          storeCode: store.code,
          storeName: store.name,
          serverTime: now(),
        });
      }),

    nextEpoch: (asked, request) =>
      storage.write(async (tx) => {
        const device = (await tx.device(asked.id)) ?? asked;
        const store = await tx.store(device.store);
        const key = readPublicKey(device.publicKey);
        const wish = `${SIGNATURE_CONTEXT}next-epoch:${device.id}:${request.epoch}`;
        if (key === null || store === null) return refused("badSignature");
        if (!verify(null, Buffer.from(wish, "utf8"), key, Buffer.from(request.signature, "base64url")))
          return refused("badSignature");
        // Asked from an older epoch: a till restored from a backup has missed that it moved on. It joins the next one all the same. Asked from a later one:
        // this server was restored, and handed it out in a time that it does not know of. None is ever written to again.
        if (request.epoch > device.epoch + MOST_EPOCHS_LOST) return refused("wrongEpoch");
        // One that lost its journal and never heard the answer has written nothing in the epoch that it got: none may be missing in the journal.
        const { seq } = await tx.chainHead({ store: device.store, device: device.id, epoch: device.epoch });
        const isAskedAgain = request.lost === true && request.epoch < device.epoch && seq === 0;
        const epoch = isAskedAgain ? device.epoch : Math.max(device.epoch, request.epoch) + 1;
        const known = await knownOf(tx, device, { epoch, acknowledged: request.acknowledged });
        const takenOver = request.lost === true ? await leftOff(tx, device) : undefined;
        await tx.beginEpoch(device.id, epoch);
        return ok({
          ...enrolled({ ...device, epoch }),
          known,
          ...(takenOver === undefined ? {} : { takenOver }),
          token: null,
          store: store.store,
          storeCode: store.code,
          storeName: store.name,
          serverTime: now(),
        });
      }),
  };
}

type NextEpoch = Extract<EnrolRequest, { readonly kind: "nextEpoch" }>;

/**
 * The newest entry of a till's journal that is here. Of those that it names where it does: after a fork the newest here may be another machine's, and one
 * that it has under the same numbers is another entry. What was acknowledged before an entry that is here is here as well.
 */
async function knownOf(
  tx: ReadTransaction,
  { id: device, store }: DeviceRecord,
  { epoch, acknowledged }: { readonly epoch: number; readonly acknowledged: NextEpoch["acknowledged"] },
): Promise<NonNullable<EnrolAnswer["known"]>> {
  if (acknowledged === undefined) {
    const [newest] = await tx.newestEntries({ store, device, before: { epoch, seq: 0 }, limit: 1 });
    return { epoch: newest?.epoch ?? 0, seq: newest?.seq ?? 0 };
  }
  for (const { epoch: its, seq, hash } of acknowledged)
    if ((await tx.entryHash({ store, device, epoch: its, seq })) === hash) return { epoch: its, seq };
  return { epoch: 0, seq: 0 };
}

export function enrolled(device: {
  readonly id: DeviceId;
  readonly epoch: number;
  readonly register: number;
}): Pick<EnrolAnswer, "device" | "epoch" | "register" | "protocol"> {
  return { device: device.id, epoch: device.epoch, register: device.register, protocol: PROTOCOL_VERSION };
}

/** A code as people read it. */
export function shownCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

export function newCode(): string {
  return Array.from({ length: CODE_CHARS }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join("");
}
