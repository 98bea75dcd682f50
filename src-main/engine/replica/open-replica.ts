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
 * Opens the replica. One that is damaged is thrown away, since everything in it can be pulled again; `onDamaged` is told why. Throws what else
 * the disk throws.
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
  readonly onDamaged: (error: unknown) => void;
  readonly openFile?: OpenFile | undefined;
}): Promise<OpenedReplica> {
  try {
    return await opened({ dataDir, keys, acknowledged, openFile });
  } catch (error) {
    if (!isDamaged(error)) throw error;
    onDamaged(error);
    await removeReplicaFiles(dataDir);
    return opened({ dataDir, keys, acknowledged, openFile });
  }
}

async function opened({
  dataDir,
  keys,
  acknowledged,
  openFile,
}: {
  readonly dataDir: string;
  readonly keys: Keys;
  readonly acknowledged: AppliedUpTo;
  readonly openFile: OpenFile | undefined;
}): Promise<OpenedReplica> {
  const database = await openReplicaDatabase(dataDir, openFile);
  try {
    const damage = database.damage();
    if (damage !== null) throw new ReplicaHurt(damage);
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
