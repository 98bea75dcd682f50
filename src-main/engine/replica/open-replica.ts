import { z } from "zod";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { openReplicaDatabase, type ReplicaDatabase, removeReplicaFiles } from "../database.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import type { OpenFile } from "../storage/connection.ts";
import type { Keys } from "../till-keys.ts";
import { DiskReplica, ReplicaSealedOtherwise } from "./replica.ts";

export interface OpenedReplica {
  readonly replica: DiskReplica;
  readonly database: ReplicaDatabase;
}

/** A page or a document of the file is lost. */
class ReplicaHurt extends Error {}

/**
 * Opens the replica. One that is damaged is thrown away, since everything in it can be pulled again; `onDamaged` is told why. One that was left open is looked through first, or, where it is large, behind
 * its opening: then `onDamaged` is told later, and `onFoundLater` that it is to be thrown away, which the next opening does. Throws what else the disk throws.
 */
export async function openReplica({
  dataDir,
  keys,
  acknowledged,
  onDamaged,
  onFoundLater,
  openFile,
}: {
  readonly dataDir: string;
  /** By which it is sealed. */
  readonly keys: Keys;
  /** How far the server has this till's entries. */
  readonly acknowledged: AppliedUpTo;
  readonly onDamaged: (error: unknown) => void;
  readonly onFoundLater?: (() => void) | undefined;
  readonly openFile?: OpenFile | undefined;
}): Promise<OpenedReplica> {
  try {
    return await opened({ dataDir, keys, acknowledged, onDamaged, onFoundLater, openFile });
  } catch (error) {
    if (!isDamaged(error)) throw error;
    onDamaged(error);
    await removeReplicaFiles(dataDir);
    return opened({ dataDir, keys, acknowledged, onDamaged, onFoundLater, openFile });
  }
}

async function opened({
  dataDir,
  keys,
  acknowledged,
  onDamaged,
  onFoundLater,
  openFile,
}: {
  readonly dataDir: string;
  readonly keys: Keys;
  readonly acknowledged: AppliedUpTo;
  readonly onDamaged: (error: unknown) => void;
  readonly onFoundLater?: (() => void) | undefined;
  readonly openFile: OpenFile | undefined;
}): Promise<OpenedReplica> {
  const database = await openReplicaDatabase(dataDir, openFile);
  try {
    if (database.leftAs === "damaged") throw new ReplicaHurt("it was found damaged when it was open last");
    const found = database.lookThrough().then((damage) => damage && new ReplicaHurt(damage));
    if (database.isLarge) {
      // Read from a cold disk it takes seconds, and a shop waits for its till: what is found counts at the next start.
      found.then((hurt) => {
        if (hurt === null) return;
        onDamaged(hurt);
        onFoundLater?.();
      }, onDamaged);
    } else {
      const hurt = await found;
      if (hurt) throw hurt;
    }
    return { replica: await DiskReplica.open(database, keys, { acknowledged }), database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The file is hurt, or what it says of its own documents makes no sense. */
function isDamaged(error: unknown): boolean {
  return (
    diskTroubleOf(error) === "storageDamaged" ||
    error instanceof ReplicaHurt ||
    error instanceof ReplicaSealedOtherwise ||
    error instanceof z.ZodError ||
    error instanceof SyntaxError
  );
}
