import { randomUUID } from "node:crypto";
import { createRevision, now, type RxCollection } from "rxdb";
import type { DraftDocument } from "./database.ts";
import { readableRows } from "./replica/readable-rows.ts";
import type { SqliteInternals } from "./storage/instance.ts";
import type { StoredRow } from "./storage/table.ts";

/**
 * The drafts of a journal's database past RxDB: they have one writer and nobody who watches, and each key at the counter writes one. RxDB does not hear of what is written here: a query that it
 * has answered once it answers as before.
 */
export interface DraftTable {
  /** Null where there is none. */
  live(id: string): DraftDocument | null;
  /** Those whose ids begin so, in their order. */
  beginning(prefix: string): readonly DraftDocument[];
  /** All rows that can be read, whatever state the file is in; `onLost` is told of each failure. */
  readable(onLost: (error: unknown) => void): AsyncGenerator<readonly StoredRow[]>;
  /** On disk when this returns; throws what the disk throws, as all of these do. */
  put(draft: DraftDocument): void;
  /** Leaves the mark that there was one, and nothing of what it said. */
  remove(id: string): void;
}

export function draftTableOf({ storageInstance }: RxCollection<DraftDocument>): DraftTable {
  const stored = storageInstance.internals as SqliteInternals;
  const token = randomUUID();
  const write = (draft: DraftDocument, isDeleted: boolean): void =>
    stored.replace({
      ...draft,
      _deleted: isDeleted,
      _attachments: {},
      _meta: { lwt: now() },
      _rev: createRevision(token),
    });
  return {
    live: (id) => stored.live(id) as DraftDocument | null,
    beginning: (prefix) => stored.beginning(prefix) as readonly DraftDocument[],
    readable: (onLost) => readableRows(stored, onLost),
    put: (draft) => write(draft, false),
    remove: (id) => write({ id, value: "" }, true),
  };
}
