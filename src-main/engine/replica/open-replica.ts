import { z } from "zod";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { openReplicaDatabase, type ReplicaDatabase, removeReplicaFiles } from "../database.ts";
import { diskTroubleOf } from "../disk-trouble.ts";
import type { OpenFile } from "../storage/connection.ts";
import { DiskReplica } from "./replica.ts";

export interface OpenedReplica {
  readonly replica: DiskReplica;
  readonly database: ReplicaDatabase;
}

/**
 * Opens the replica. One that is damaged is thrown away, since everything in it can be pulled again; `onDamaged` is told why. Throws what else
 * the disk throws.
 */
export async function openReplica({
  dataDir,
  acknowledged,
  onDamaged,
  openFile,
}: {
  readonly dataDir: string;
  /** How far the server has this till's entries. */
  readonly acknowledged: AppliedUpTo;
  readonly onDamaged: (error: unknown) => void;
  readonly openFile?: OpenFile | undefined;
}): Promise<OpenedReplica> {
  try {
    return await opened(dataDir, acknowledged, openFile);
  } catch (error) {
    if (!isDamaged(error)) throw error;
    onDamaged(error);
    await removeReplicaFiles(dataDir);
    return opened(dataDir, acknowledged, openFile);
  }
}

async function opened(
  dataDir: string,
  acknowledged: AppliedUpTo,
  openFile: OpenFile | undefined,
): Promise<OpenedReplica> {
  const database = await openReplicaDatabase(dataDir, openFile);
  try {
    return { replica: await DiskReplica.open(database, acknowledged), database };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The file is hurt, or what it says of its own documents makes no sense. */
function isDamaged(error: unknown): boolean {
  return (
    diskTroubleOf(error) === "storageDamaged" || error instanceof z.ZodError || error instanceof SyntaxError
  );
}
