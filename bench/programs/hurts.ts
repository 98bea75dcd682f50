import { readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JOURNAL_FILE } from "../../src-main/engine/database.ts";
import { COPY_FILE } from "../../src-main/engine/journal/second-copy.ts";

/** One of a till's two copies of its journal, and what is done to it while the till is closed. */
export interface Hurt {
  readonly name: string;
  readonly side: "database" | "copy";
  readonly hurt: (dataDir: string) => void;
  /** What the till says of it. */
  readonly was: "gone" | "damaged";
}

export const HURTS: readonly Hurt[] = [
  { name: "database", side: "database", hurt: lose(JOURNAL_FILE), was: "gone" },
  { name: "database.flipped", side: "database", hurt: flip(JOURNAL_FILE), was: "damaged" },
  { name: "database.cut", side: "database", hurt: cut(JOURNAL_FILE), was: "damaged" },
  { name: "copy", side: "copy", hurt: lose(COPY_FILE), was: "gone" },
  { name: "copy.flipped", side: "copy", hurt: flip(COPY_FILE), was: "damaged" },
  { name: "copy.cut", side: "copy", hurt: cut(COPY_FILE), was: "damaged" },
];

/** Text that stands in every ticket's entry, in either copy. */
const IN_A_TICKET = "ticket.completed";

function lose(file: string) {
  return (dataDir: string): void => {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(join(dataDir, file + suffix), { force: true });
  };
}

/** Flips a bit of a ticket in the middle of the file. */
function flip(file: string) {
  return (dataDir: string): void => {
    const path = join(dataDir, file);
    const bytes = readFileSync(path);
    const at = bytes.indexOf(IN_A_TICKET, written(bytes) >> 1);
    if (at === -1) throw new Error(`there is no ticket in the second half of ${file}`);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
}

/** Cuts off the second half of what is written in the file. */
function cut(file: string) {
  return (dataDir: string): void => {
    const path = join(dataDir, file);
    truncateSync(path, written(readFileSync(path)) >> 1);
  };
}

/** Bytes up to the room that is kept free at the end. */
function written(bytes: Buffer): number {
  return bytes.findLastIndex((byte) => byte !== 0) + 1;
}
