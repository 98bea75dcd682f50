import { instant } from "#domain/ids.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { IdentityFile } from "./identity.ts";
import type { DiskJournal } from "./journal/journal.ts";
import type { Clock } from "./ports.ts";
import { NotAServer, ServerClient, ServerRefusal } from "./sync/server-client.ts";

type PairAnswer = VerbAnswer<"pair">;

function refusedFor(reason: Extract<PairAnswer, { ok: false }>["reason"]): PairAnswer {
  return { ok: false, reason };
}

/** Makes this machine a till of the store that the code was made for, and begins its journal. */
export async function pairTill({
  args,
  identity,
  journal,
  clock,
  fetch,
  name,
}: {
  readonly args: VerbParsedArgs<"pair">;
  readonly identity: IdentityFile;
  readonly journal: DiskJournal;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  readonly name: string;
}): Promise<PairAnswer> {
  if (identity.identity() !== null) return refusedFor("alreadyPaired");
  const code = args.code.trim().toUpperCase().replace(/\s/g, "");
  if (!/^[0-9A-Z]{4}-?[0-9A-Z]{4}$/.test(code)) return refusedFor("codeUnknown");
  const client = new ServerClient({ server: args.server, token: null }, { fetch, nowMs: () => clock.now() });
  try {
    const answer = await client.enrol({ kind: "pair", code, publicKey: identity.publicKey, name });
    if (answer.token === null) return refusedFor("notAServer");
    const till = {
      device: answer.device,
      store: answer.store,
      storeCode: answer.storeCode,
      storeName: answer.storeName,
      register: answer.register,
      pairedAt: instant(clock.now()),
    };
    await identity.pairedWith({
      server: args.server,
      token: answer.token,
      epoch: answer.epoch,
      identity: till,
    });
    await identity.heardServer(clock.now());
    await journal.beginEpoch({ epoch: answer.epoch, register: answer.register });
    return { ok: true, value: {} };
  } catch (error) {
    return refusedFor(reasonOf(error));
  }
}

function reasonOf(error: unknown): Extract<PairAnswer, { ok: false }>["reason"] {
  if (error instanceof NotAServer) return "notAServer";
  if (!(error instanceof ServerRefusal)) return "unreachable";
  switch (error.reason) {
    case "codeUnknown":
    case "codeExpired":
    case "tooManyRequests":
      return error.reason;
    default:
      return "notAServer";
  }
}
