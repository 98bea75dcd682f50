import { instant } from "#domain/ids.ts";
import type { EnrolAnswer } from "#protocol/sync/enrol.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { epochOf, type IdentityFile } from "./identity.ts";
import type { DiskJournal } from "./journal/journal.ts";
import type { Clock } from "./ports.ts";
import { NotAServer, type ServerClient, ServerRefusal, Unreachable } from "./sync/server-client.ts";

type PairAnswer = VerbAnswer<"pair">;
type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: Refusal };
type Refusal = Extract<PairAnswer, { ok: false }>["reason"];

export interface PairingSettings {
  readonly identity: IdentityFile;
  readonly journal: DiskJournal;
  readonly clock: Clock;
  readonly connect: (server: string) => ServerClient;
  /** What this machine is called at HQ. */
  readonly machineName: string;
}

/**
 * Makes this machine a till of the store that the code was made for, and begins its journal. Throws when that cannot be written down; asked
 * again, a till that is paired but could not begin its journal begins it.
 */
export async function pairTill(
  args: VerbParsedArgs<"pair">,
  { identity, journal, clock, connect, machineName }: PairingSettings,
): Promise<PairAnswer> {
  const before = identity.paired();
  if (before !== null) {
    // One that has lost its journal goes on where the server says (SPEC S4b).
    if (!identity.hasWritten() && !journal.isStandIn) await journal.beginEpoch(epochOf(before));
    return { ok: false, reason: "alreadyPaired" };
  }
  const code = args.code.trim().toUpperCase().replace(/\s/g, "");
  if (!/^[0-9A-Z]{4}-?[0-9A-Z]{4}$/.test(code)) return { ok: false, reason: "codeUnknown" };
  const asked = await enrolled({
    server: connect(args.server),
    code,
    publicKey: identity.publicKey,
    name: machineName,
  });
  if (!asked.ok) return asked;
  const { epoch, token, device, store, storeCode, storeName, register, takenOver } = asked.value;
  const begin = { epoch, ...(takenOver === undefined ? {} : { takenOver }) };
  if (token === null) return { ok: false, reason: "notAServer" };
  const pairedAt = instant(clock.now());
  await identity.pairedWith({
    server: args.server,
    token,
    ...begin,
    identity: { device, store, storeCode, storeName, register, pairedAt },
  });
  await journal.beginEpoch({ ...begin, register });
  await identity.heardServer(clock.now());
  return { ok: true, value: {} };
}

/** A code that pairs no new till may be one of a register that is to go on here. */
async function enrolled({
  server,
  ...machine
}: {
  readonly server: ServerClient;
  readonly code: string;
  readonly publicKey: string;
  readonly name: string;
}): Promise<Asked<EnrolAnswer>> {
  const paired = await ask(() => server.enrol({ kind: "pair", ...machine }));
  if (paired.ok || paired.reason !== "codeUnknown") return paired;
  const takenOver = await ask(() => server.enrol({ kind: "takeOver", ...machine }));
  // A server that knows no such codes takes the question for nonsense.
  return !takenOver.ok && takenOver.reason === "notAServer" ? paired : takenOver;
}

async function ask<T>(call: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { ok: true, value: await call() };
  } catch (error) {
    const reason = refusalOf(error);
    if (reason === null) throw error;
    return { ok: false, reason };
  }
}

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof Unreachable) return "unreachable";
  if (error instanceof NotAServer) return "notAServer";
  if (!(error instanceof ServerRefusal)) return null;
  switch (error.reason) {
    case "codeUnknown":
    case "codeExpired":
    case "keyRevoked":
    case "tooManyRequests":
      return error.reason;
    default:
      return "notAServer";
  }
}
