import type { Instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type LetIn, lettingIn, type NotLetIn, type Pairing } from "#domain/store/letting-in.ts";
import { tillText } from "#domain/store/till-text.ts";
import { type LetInAnswer, type LetInRequest, letInWish } from "#protocol/sync/letting-in.ts";
import { isRevokedKey, publishTillKey } from "../receipts/keys.ts";
import { serverKeyOf } from "../receipts/server-key.ts";
import type { DeviceRecord, Storage, WriteTransaction } from "../storage/port.ts";
import { hashSecret } from "./enrol.ts";
import { readCertificate, writeCertificate } from "./pairing-certificate.ts";
import type { Publication, Publisher } from "./publisher.ts";
import { verifierFor } from "./signatures.ts";

/** `notOurs`: no server of this shop ever wrote that, or it is shown by another machine. */
export type LetInRefusal = NotLetIn | "notOurs";

/** Tills that were paired in a time that this server does not know of, because it went back to a backup (SPEC S4c). */
export interface LettingIn {
  /** What a till shows a server that does not know it. */
  certificate(device: DeviceRecord): Promise<string>;
  /** `token`: the one that the till has. It is its token from then on. */
  letIn(request: LetInRequest, token: string): Promise<Result<LetInAnswer, LetInRefusal>>;
}

/** The call that lets a till in, as the audit log names it. */
export const LET_IN_CALL = "POST /sync/v1/let-in";

export function createLettingIn({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): LettingIn {
  return {
    certificate: (asking) =>
      storage.write(async (tx) => {
        const device = (await tx.device(asking.id)) ?? asking;
        const since = device.since ?? now();
        // Paired before this was noted: from now on its certificate says the same each time.
        if (device.since === null) await tx.noteSince(device.id, since);
        const code = (await tx.store(device.store))?.code;
        const pairing = {
          ...device,
          device: device.id,
          since,
          ...(code === undefined ? {} : { storeCode: code }),
        };
        return writeCertificate(pairing, await serverKeyOf(tx, now()));
      }),

    letIn: (request, token) =>
      publisher.publish((publication) => letIn(publication, request, hashSecret(token))),
  };
}

async function letIn(
  publication: Publication,
  { certificate, signature, lost: isLost }: LetInRequest,
  tokenHash: string,
): Promise<Result<LetInAnswer, LetInRefusal>> {
  const { tx, at } = publication;
  const lost = isLost === true;
  const pairing = await readCertificate(tx, certificate);
  if (pairing === null) return refused("notOurs");
  if (!verifierFor(pairing.publicKey)(letInWish({ certificate, tokenHash, lost }), signature))
    return refused("notOurs");
  const former = await tx.formerMachine(tokenHash);
  // Its answer was lost on the way, or it was started anew.
  if (former?.wroteAs === pairing.device && former.publicKey === pairing.publicKey)
    return ok({ as: "aside", epoch: former.device.epoch, serverTime: at });
  const known = await tx.device(pairing.device);
  const holder = await tx.deviceAt(pairing);
  const decided = lettingIn({
    pairing,
    isStoreKnown: (await tx.store(pairing.store)) !== null,
    isKeyRevoked: await isRevokedKey(tx, pairing.publicKey),
    known,
    isRegisterTaken: holder !== null && holder.id !== pairing.device,
    hasLostJournal: lost,
  });
  // It proves that this server lost a time in which numbers were given out.
  if (known === null && pairing.register >= (await tx.registerFloor(pairing.store)))
    await tx.skipRegisters([pairing]);
  if (!decided.ok) {
    await noteRefusal(tx, pairing, { reason: decided.reason, lost, at });
    return decided;
  }
  await tx.forgetKnock(pairing.device);
  const epoch = await carryOut(publication, { decided: decided.value, pairing, known, holder, tokenHash });
  await note(tx, pairing, { at, as: decided.value });
  return ok({ as: decided.value === "aside" ? "aside" : "till", epoch, serverTime: at });
}

/** Answers the epoch in which the till is known from now on. */
async function carryOut(
  publication: Publication,
  {
    decided,
    pairing,
    known,
    holder,
    tokenHash,
  }: {
    readonly decided: LetIn;
    readonly pairing: Pairing;
    readonly known: DeviceRecord | null;
    readonly holder: DeviceRecord | null;
    readonly tokenHash: string;
  },
): Promise<number> {
  const { tx, at } = publication;
  const { device, store, register, name, publicKey, since } = pairing;
  const letInAs = async (epoch: number): Promise<number> => {
    if (since > (known?.since ?? 0)) await tx.noteSince(device, since);
    await tx.letIn({ device, tokenHash, at });
    await publishTillKey(publication, publicKey);
    return epoch;
  };
  switch (decided) {
    case "madeAgain": {
      // One that has left its first epoch behind asks for the next one, and tells all of them again.
      const epoch = 1;
      await tx.addDevice({ id: device, store, register, name, publicKey, epoch }, tokenHash);
      return letInAs(epoch);
    }
    case "known":
      return letInAs(known?.epoch ?? 1);
    case "takesOver": {
      const before = known?.epoch ?? 1;
      const { seq } = await tx.chainHead({ store, device, epoch: before });
      const epoch = seq === 0 ? before : before + 1;
      await tx.takeOver({ device, publicKey, tokenHash, epoch });
      publication.tell({ dismissed: [device] });
      return letInAs(epoch);
    }
    case "aside": {
      const register = known ?? holder;
      if (register === null) throw new Error("nobody has the register that is another's");
      await tx.addFormerMachine({ device: register.id, wroteAs: device, publicKey, tokenHash });
      await publishTillKey(publication, publicKey);
      return register.epoch;
    }
  }
}

async function note(
  tx: WriteTransaction,
  { device, register, name, store, storeCode }: Pairing,
  { at, as, refusal = "" }: { readonly at: Instant; readonly as: LetIn | null; readonly refusal?: string },
): Promise<void> {
  const code = (await tx.store(store))?.code ?? storeCode ?? store;
  const place = tillText({ store: code, register });
  const cursor = await tx.beginTrail({
    at,
    by: { kind: "till", id: device, name: `${place} ${name}` },
    call: LET_IN_CALL,
    subject: { kind: "till", id: device },
    asked: null,
    before: null,
  });
  const after = as === null ? null : { letIn: as, store: code, register };
  await tx.endTrail(cursor, { outcome: as === null ? "refused" : "done", after, refusal, made: null });
}

const REFUSALS: Readonly<Record<NotLetIn, string>> = {
  revoked: "HQ has revoked this till.",
  storeUnknown: "This till's store does not exist here.",
  journalLost: "This till lost its journal, and so did the server: pair it anew on an empty folder.",
};

/** A till that is not let in asks every few minutes: HQ sees that it does, and the log says it once. */
async function noteRefusal(
  tx: WriteTransaction,
  pairing: Pairing,
  { reason, lost, at }: { readonly reason: NotLetIn; readonly lost: boolean; readonly at: Instant },
): Promise<void> {
  const { device, store, storeCode = null, register, name } = pairing;
  // Whoever was revoked has nothing to wait for.
  if (reason === "revoked") await tx.forgetKnock(device);
  else await tx.putKnock({ device, store, storeCode, register, name, reason, lost, at });
  const refusal = REFUSALS[reason];
  const [newest] = await tx.trail({ before: null, limit: 1, subject: { kind: "till", id: device } });
  if (newest?.call === LET_IN_CALL && newest.refusal === refusal) return;
  await note(tx, pairing, { at, as: null, refusal });
}
