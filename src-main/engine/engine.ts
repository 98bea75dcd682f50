import { mkdirSync } from "node:fs";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { appliedSchema } from "#protocol/sync/replica.ts";
import type { ConnectPrinter } from "../devices/receipt-printer/port.ts";
import { openJournalDatabase, openReplicaDatabase } from "./database.ts";
import { createDrafts } from "./drafts.ts";
import { IdentityFile, PLAIN_VAULT, type Vault } from "./identity.ts";
import { DiskJournal } from "./journal/journal.ts";
import { pairTill } from "./pairing.ts";
import { type Picture, Pictures } from "./pictures/pictures.ts";
import type { Clock, NewId } from "./ports.ts";
import { DiskReplica } from "./replica/replica.ts";
import { createShop } from "./shop/verbs.ts";
import { SYSTEM_TIMERS, type Timers } from "./sync/alarm.ts";
import { ServerClient } from "./sync/server-client.ts";
import { ACKNOWLEDGED_DRAFT, oldestApplied, Sync } from "./sync/sync.ts";
import type { TillService } from "./till-service.ts";

export interface EngineSettings {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly fetch: typeof fetch;
  /** 0 up to 1; spreads retries. */
  readonly random: () => number;
  readonly timers?: Timers;
  readonly vault?: Vault;
  /** What this machine is called at HQ. */
  readonly machineName: string;
  /** Opens the printer of an address; the engine knows the port, the program brings the driver. */
  readonly openPrinter: ConnectPrinter;
}

/** The till without a face. */
export interface Engine extends TillService {
  picture(hash: string): Promise<Picture | null>;
  /** Ends the loops and closes the files. A kill at any time is safe as well. */
  close(): Promise<void>;
}

/** Opens the till's files and starts it. Works without any network. Throws when the files cannot be opened. */
export async function startEngine(settings: EngineSettings): Promise<Engine> {
  mkdirSync(settings.dataDir, { recursive: true });
  const { clock, newId, random, fetch } = settings;
  const identity = await IdentityFile.load(settings.dataDir, settings.vault ?? PLAIN_VAULT);
  const kept = await openJournalDatabase(settings.dataDir);
  const pulled = await openReplicaDatabase(settings.dataDir);
  const drafts = createDrafts(kept.drafts);
  const replica = await DiskReplica.open(pulled);
  const acknowledged = appliedSchema.catch({ epoch: 0, seq: 0 }).parse(await drafts.get(ACKNOWLEDGED_DRAFT));
  const journal = await DiskJournal.open(
    {
      collection: kept.journal,
      identity: () => identity.identity(),
      sign: identity.sign,
      clock,
      newId,
      appliedOf: (collection) => replica.appliedOf(collection),
    },
    { acknowledged, from: oldestApplied(replica) },
  );
  const pictures = new Pictures({
    dataDir: settings.dataDir,
    client: () => {
      const paired = identity.paired();
      return paired === null ? null : new ServerClient(paired, { fetch, nowMs: () => clock.now() });
    },
  });
  const sync = new Sync({
    journal,
    replica,
    identity,
    drafts,
    clock,
    timers: settings.timers ?? SYSTEM_TIMERS,
    random,
    fetch,
    onRevoked: async () => {
      for (const collection of REPLICA_COLLECTIONS) await replica.clear(collection);
    },
  });
  // A till killed between its pairing and its first entry begins its journal now.
  const paired = identity.paired();
  if (paired !== null && journal.head.epoch === 0)
    await journal.beginEpoch({ epoch: paired.epoch, register: paired.identity.register });
  const shop = await createShop({
    journal,
    replica,
    drafts,
    enrolment: identity,
    clock,
    newId,
    openPrinter: settings.openPrinter,
    offlinePolicy: () => sync.view().offlinePolicy,
  });
  sync.start();
  return {
    verbs: {
      ...shop.verbs,
      async pair(args) {
        const answer = await pairTill({ args, identity, journal, clock, fetch, name: settings.machineName });
        if (answer.ok) sync.start();
        return answer;
      },
      async picture({ image }) {
        const picture = await pictures.get(image);
        return picture === null
          ? null
          : { mime: picture.mime, bytes: Buffer.from(picture.bytes).toString("base64") };
      },
    },
    views: { ...shop.views, sync: { current: () => sync.view(), watch: (onChange) => sync.watch(onChange) } },
    picture: (hash) => pictures.get(hash),
    async close() {
      await sync.close();
      await shop.close();
      await pulled.database.close();
      await kept.database.close();
    },
  };
}
