import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { MAX_ENTRIES_PER_PUSH, MAX_PUSH_BYTES } from "#protocol/sync/journal.ts";
import type { IdentityFile } from "../identity.ts";
import type { DiskJournal } from "../journal/journal.ts";
import type { ServerClient } from "./server-client.ts";

/** Left free of the server's limit for the envelope around the entries. */
const ENVELOPE_BYTES = 64 * 1024;

/** `drained`: the server has everything. `refused`: it will not take an entry as it is; the till keeps its copy and says so. */
export type PushOutcome = "drained" | "refused";

export interface Push {
  /** Sends until nothing is left. Throws Unreachable or ServerRefusal. */
  run(): Promise<PushOutcome>;
}

export function createPush({
  journal,
  identity,
  client,
  onAcknowledged,
  onServerTime,
}: {
  readonly journal: DiskJournal;
  readonly identity: IdentityFile;
  readonly client: () => ServerClient;
  readonly onAcknowledged: () => Promise<void>;
  readonly onServerTime: (serverTimeMs: number) => void;
}): Push {
  return {
    async run() {
      for (;;) {
        const run = nextRun(journal);
        const first = run[0];
        if (first === undefined) return "drained";
        const answer = await client().push(run);
        onServerTime(answer.serverTime);
        if (answer.ok) {
          journal.acknowledge({ epoch: first.epoch, seq: answer.acknowledged });
          await onAcknowledged();
          continue;
        }
        switch (answer.reason) {
          case "gap":
            // The server has less than this till believed (it was restored from a backup): go back to where it stands.
            if (!(await journal.rewind({ epoch: first.epoch, seq: answer.acknowledged }))) return "refused";
            continue;
          case "fork":
          case "wrongEpoch":
            await beginNextEpoch({ journal, identity, client: client() });
            await onAcknowledged();
            continue;
          case "badHash":
          case "badSignature":
          case "wrongDevice":
          case "malformed":
            return "refused";
        }
      }
    },
  };
}

function nextRun(journal: DiskJournal): ReturnType<DiskJournal["unsent"]> {
  const run = [];
  let bytes = ENVELOPE_BYTES;
  for (const entry of journal.unsent().slice(0, MAX_ENTRIES_PER_PUSH)) {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    if (run.length > 0 && (bytes > MAX_PUSH_BYTES || entry.epoch !== run[0]?.epoch)) break;
    run.push(entry);
  }
  return run;
}

async function beginNextEpoch({
  journal,
  identity,
  client,
}: {
  readonly journal: DiskJournal;
  readonly identity: IdentityFile;
  readonly client: ServerClient;
}): Promise<void> {
  const till = identity.identity();
  if (till === null) throw new Error("a till that is not paired has no epoch");
  const { epoch } = journal.head;
  const answer = await client.enrol({
    kind: "nextEpoch",
    epoch,
    signature: identity.sign(`${SIGNATURE_CONTEXT}next-epoch:${till.device}:${epoch}`),
  });
  await identity.beganEpoch(answer.epoch);
  await journal.carryOver({ epoch: answer.epoch, register: till.register });
}
