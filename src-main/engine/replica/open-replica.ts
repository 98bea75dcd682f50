import { z } from "zod";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import type { RecordsState } from "#domain/journal/own-records.ts";
import { openReplicaDatabase, type ReplicaDatabase, removeReplicaFiles } from "../database.ts";
import { Damaged, isCorrupt, isFailing } from "../disk-trouble.ts";
import type { OpenFile } from "../storage/connection.ts";
import type { Keys } from "../till-keys.ts";
import { DiskReplica, ReplicaSealedOtherwise } from "./replica.ts";

export interface OpenedReplica {
  readonly replica: DiskReplica;
  readonly database: ReplicaDatabase;
  /** Looks all of it through behind whoever uses it; what is found is told as ever. Rejects with what else the disk throws. */
  readonly lookThrough: () => Promise<void>;
}

/** Told why a replica is damaged, and what became of it, as the till says it: it goes on with it until its next start, or has thrown it away. */
type OnDamaged = (error: unknown, state: Extract<RecordsState, "replica" | "readAnew">) => void;

/**
 * Opens the replica. One that is damaged is thrown away, since everything in it can be pulled again; where the disk fails as it is opened that is tried once more first. One that was left open is looked through first, or, where it is large, behind its opening: what is found
 * there, or by whoever reads it or writes to it later, is told then, once, and thrown away by the next opening. Throws what else the disk throws.
 */
export async function openReplica({
  dataDir,
  keys,
  acknowledged,
  onDamaged,
  openFile,
}: {
  readonly dataDir: string;
  /** By which it is sealed. */
  readonly keys: Keys;
  /** How far the server has this till's entries. */
  readonly acknowledged: AppliedUpTo;
  readonly onDamaged: OnDamaged;
  readonly openFile?: OpenFile | undefined;
}): Promise<OpenedReplica> {
  const open = () => opened({ dataDir, keys, acknowledged, onDamaged, openFile });
  try {
    return await open().catch((error: unknown) => {
      // Without its server a till that threw everything away could sign nobody in.
      if (isFailing(error)) return open();
      throw error;
    });
  } catch (error) {
    if (!isDamaged(error)) throw error;
    await removeReplicaFiles(dataDir);
    onDamaged(error, "readAnew");
    return open();
  }
}

async function opened({
  dataDir,
  keys,
  acknowledged,
  onDamaged,
  openFile,
}: {
  readonly dataDir: string;
  readonly keys: Keys;
  readonly acknowledged: AppliedUpTo;
  readonly onDamaged: OnDamaged;
  readonly openFile: OpenFile | undefined;
}): Promise<OpenedReplica> {
  const database = await openReplicaDatabase(dataDir, openFile);
  let isTold = false;
  const foundLater = (error: unknown): void => {
    void database.foundDamaged();
    if (isTold) return;
    isTold = true;
    onDamaged(error, "replica");
  };
  try {
    if (database.leftAs === "damaged") throw new Damaged("it was found damaged when it was open last");
    const found = database.lookThrough().then((damage) => damage && new Damaged(damage));
    if (database.isLarge) {
      // Read from a cold disk it takes seconds, and a shop waits for its till: what is found counts at the next start.
      found.then((hurt) => hurt && foundLater(hurt), foundLater);
    } else {
      const hurt = await found;
      if (hurt) throw hurt;
    }
    const replica = await DiskReplica.open(database, keys, { acknowledged, onCorrupt: foundLater });
    const lookThrough = async (): Promise<void> => {
      const damage = await database.lookAgain("look through");
      if (damage !== null) foundLater(new Damaged(damage));
    };
    return { replica, database, lookThrough };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The file is hurt or is not read, or what it says of its own documents makes no sense. */
function isDamaged(error: unknown): boolean {
  return (
    isCorrupt(error) ||
    isFailing(error) ||
    error instanceof ReplicaSealedOtherwise ||
    error instanceof z.ZodError
  );
}
