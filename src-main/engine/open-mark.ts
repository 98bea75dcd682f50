import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { replaceFile } from "./replace-file.ts";

const DAMAGED = "damaged";

/** How whoever had a database open before left it; cut off: they ended in the midst of something, by a crash or a power cut. */
export type LeftAs = "closed" | "cutOff" | "damaged";

/**
 * A file beside a database for as long as somebody has it open. It is on the disk before the database is opened: of what SQLite itself keeps beside it, a log that is lost in a power cut would say that all
 * was closed.
 */
export class OpenMark {
  readonly #file: string;
  readonly leftAs: LeftAs;

  private constructor(file: string, leftAs: LeftAs) {
    this.#file = file;
    this.leftAs = leftAs;
  }

  /** Of the database in this file, which nobody has open. Throws what the disk throws. */
  static async put(database: string): Promise<OpenMark> {
    const file = markOf(database);
    if (existsSync(file))
      return new OpenMark(file, readFileSync(file, "utf8") === DAMAGED ? "damaged" : "cutOff");
    await replaceFile(file, "");
    return new OpenMark(file, "closed");
  }

  /** The next who opens it is told. Throws what the disk throws: then they find that it was cut off. */
  damaged(): Promise<void> {
    return replaceFile(this.#file, DAMAGED);
  }

  /** Another one is open in its place, of which nothing is known but that. Throws what the disk throws. */
  renew(): Promise<void> {
    return replaceFile(this.#file, "");
  }

  /** Where a power cut takes this back, the database is looked through once in vain. */
  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

/** Where the mark of a database lies. */
export function markOf(database: string): string {
  return `${database}-open`;
}
