import type { z } from "zod";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { readAs } from "#protocol/later.ts";
import type { Applied, ReplicaRow } from "#protocol/sync/replica.ts";
import {
  type SnapshotHead,
  snapshotFootSchema,
  snapshotHeadSchema,
  snapshotRowSchema,
} from "#protocol/sync/snapshot.ts";
import type { DiskReplica, SentRow } from "../replica/replica.ts";
import { readAhead } from "./read-ahead.ts";
import { NotAServer, type ServerClient, Unreachable } from "./server-client.ts";

/** Pieces of a snapshot, up to 64 kilobytes each, that are fetched and unpacked while rows are written. */
const PIECES_AHEAD = 4;
/** Rows handed to the replica at a time: what waits for long enough is moved by the garbage collector, twice. */
const ROWS_AT_A_TIME = 200;

/**
 * Makes a collection what a snapshot says, as it streams in: what the snapshot does not name is gone. The position is set only when the foot
 * has arrived and every row has been counted; until then the collection counts as not taken, and the next try begins anew. Throws Unreachable
 * when the stream was cut off, NotAServer when it is no snapshot.
 */
export async function takeSnapshot({
  collection,
  server,
  replica,
  ownUpTo,
  onShare,
}: {
  readonly collection: ReplicaCollection;
  readonly server: Pick<ServerClient, "snapshot" | "isLater">;
  readonly replica: DiskReplica;
  /** The newest of this very till's entries that is certain to be in what a server has applied so far of its journal. */
  readonly ownUpTo: (applied: Applied) => Promise<AppliedUpTo>;
  /** 0 to 1. */
  readonly onShare: (share: number) => void;
}): Promise<SnapshotHead> {
  const unnamed = await replica.ids(collection);
  const lines = new SnapshotLines(server);
  let written = 0;
  onShare(0);
  const write = async (rows: readonly SentRow[]): Promise<void> => {
    for (const { id } of rows) unnamed.delete(id);
    await replica.write(collection, rows, undefined, server);
    written += rows.length;
    onShare(written / Math.max(1, lines.head?.count ?? 1));
  };
  await replica.inBulk(async () => {
    for await (const piece of readAhead(server.snapshot(collection), PIECES_AHEAD)) {
      lines.take(piece);
      while (lines.rows.length >= ROWS_AT_A_TIME) await write(lines.rows.splice(0, ROWS_AT_A_TIME));
    }
    await write(lines.rows);
  });
  const head = lines.end(written);
  const { checkpoint } = head;
  const gone = [...unnamed].map((id): ReplicaRow => ({ id, deleted: true }));
  const applied = await ownUpTo(head.applied);
  await replica.write(collection, gone, { checkpoint, applied, complete: true });
  return head;
}

/** Head, rows and foot out of text that is cut anywhere. */
class SnapshotLines {
  readonly rows: SentRow[] = [];
  head: SnapshotHead | null = null;
  readonly #server: Pick<ServerClient, "isLater">;
  #foot: number | null = null;
  #text = "";

  constructor(server: Pick<ServerClient, "isLater">) {
    this.#server = server;
  }

  take(piece: string): void {
    const lines = `${this.#text}${piece}`.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) if (line !== "") this.#take(line);
  }

  /** The head, once all has arrived. */
  end(rows: number): SnapshotHead {
    if (this.#text !== "") this.#take(this.#text);
    if (this.head === null || this.#foot === null) throw new Unreachable("the snapshot was cut off");
    if (this.#foot !== rows || this.head.count !== rows)
      throw new Unreachable(`the snapshot has ${rows} rows, not ${this.head.count}`);
    return this.head;
  }

  #take(line: string): void {
    const row = this.head === null || this.#foot !== null ? null : plainRow(line);
    if (row === null) this.#read(parse(line));
    else this.rows.push(row);
  }

  #read(line: unknown): void {
    if (this.#foot !== null) throw new NotAServer("the snapshot goes on after its foot");
    if (this.head === null) this.head = this.#as(snapshotHeadSchema, line);
    else if (typeof line === "object" && line !== null && "kind" in line)
      this.#foot = this.#as(snapshotFootSchema, line).count;
    else this.rows.push(this.#as(snapshotRowSchema, line));
  }

  #as<S extends z.ZodType>(schema: S, line: unknown): z.output<S> {
    const found = readAs(schema, line, this.#server.isLater);
    if (found.read === "not")
      throw new NotAServer("the snapshot is not of this protocol", { cause: found.error });
    return found.data;
  }
}

/** How nearly every line reads. What stands before the document is plain text, so that the rest of the line is its JSON and nothing else. */
const PLAIN_ROW = /^\{"id":"([\w.:-]{1,160})","deleted":false,"data":/;

/**
 * JSON as a search for a text of it knows it: with nothing escaped, for letters may be in many ways, and with blanks within texts alone. Where nothing is escaped, each
 * quote begins or ends a text.
 */
const PLAIN_JSON = /^[^"\\\s]*(?:"[^"\\]*"[^"\\\s]*)*$/;

/** Such a line's row, with its document's text; null for every other line, which the schemas read. */
function plainRow(line: string): SentRow | null {
  const [before, named] = PLAIN_ROW.exec(line) ?? [];
  if (before === undefined || named === undefined || !line.endsWith("}")) return null;
  const json = line.slice(before.length, -1);
  try {
    const data: unknown = JSON.parse(json);
    const id = ownIdOf(data);
    // The document's own, for a part of the line would keep all of it in memory.
    if (id !== named) return null;
    return PLAIN_JSON.test(json) ? { id, deleted: false, data, json } : { id, deleted: false, data };
  } catch {
    return null;
  }
}

function ownIdOf(data: unknown): unknown {
  return typeof data === "object" && data !== null && "id" in data ? data.id : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Unreachable("the snapshot was cut off in a line", { cause: error });
  }
}
