import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import type { Act } from "./syscall-trace.ts";

type Change =
  | { readonly kind: "write"; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: "truncate"; readonly length: number };
type Naming = Extract<Act, { readonly kind: "create" | "rename" | "remove" }>;

/** Bytes that a disk writes as one: a torn write ends between two of them. */
const SECTOR_BYTES = 512;

/** What a file is made of, under whatever name. */
interface Content {
  durable: Buffer;
  pending: Change[];
  /** As programs see it. */
  size: number;
}

type Names = Map<string, Content>;

/**
 * A disk under a program: what was synced is there for good, what was not may be there, wholly, partly or not at all when the
 * power goes. Order between unsynced writes is not promised either. Names are as the folder was synced last, or as any of what was done to them since, in order.
 */
export class DiskModel {
  /** As programs see them. */
  readonly #names: Names = new Map();
  #durableNames: Names = new Map();
  #naming: { readonly act: Naming; readonly content: Content | undefined }[] = [];

  /** A disk that holds a folder as it is now, all of it synced. */
  static holding(folder: string): DiskModel {
    const disk = new DiskModel();
    for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isFile())) {
      const durable = readFileSync(join(folder, name));
      disk.#names.set(join(folder, name), { durable, pending: [], size: durable.length });
    }
    disk.#durableNames = new Map(disk.#names);
    return disk;
  }

  take(act: Act): void {
    switch (act.kind) {
      case "write": {
        const content = this.#of(act.file);
        const offset = act.offset ?? content.size;
        content.pending.push({ kind: "write", offset, bytes: act.bytes });
        content.size = Math.max(content.size, offset + act.bytes.length);
        return;
      }
      case "truncate": {
        const content = this.#of(act.file);
        content.pending.push({ kind: "truncate", length: act.length });
        content.size = act.length;
        return;
      }
      case "create": {
        const isNew = !this.#names.has(act.file);
        const content = this.#of(act.file);
        if (act.empties && content.size > 0) this.take({ kind: "truncate", file: act.file, length: 0 });
        if (isNew) this.#naming.push({ act, content });
        return;
      }
      case "rename":
      case "remove":
        this.#naming.push({ act, content: this.#names.get(act.file) });
        rename(this.#names, act, this.#names.get(act.file));
        return;
      case "sync": {
        const content = this.#names.get(act.file);
        if (content === undefined) this.#syncNames();
        else this.#sync(content);
        return;
      }
      case "said":
        return;
    }
  }

  /** The files as they would be found when the power went now; `survives` decides for each unsynced sector and for each name that was not synced. */
  cut(survives: () => boolean): ReadonlyMap<string, Buffer> {
    const names: Names = new Map(this.#durableNames);
    for (const { act, content } of this.#naming) {
      if (!survives()) break;
      rename(names, act, content);
    }
    return new Map(
      [...names].map(([file, { durable, pending }]) => [file, after(durable, pending, survives)]),
    );
  }

  #of(file: string): Content {
    const known = this.#names.get(file);
    if (known !== undefined) return known;
    const made = { durable: Buffer.alloc(0), pending: [], size: 0 };
    this.#names.set(file, made);
    return made;
  }

  #sync(content: Content): void {
    content.durable = after(content.durable, content.pending, () => true);
    content.pending = [];
  }

  #syncNames(): void {
    this.#durableNames = new Map(this.#names);
    this.#naming = [];
  }
}

/** What may be left of what was not synced, as `DiskModel.cut` asks for it: none, all, and so many times any part, by one row of draws. */
export function remains({
  seed,
  draws,
  times,
}: {
  readonly seed: number;
  readonly draws: number;
  readonly times: number;
}): readonly (() => boolean)[] {
  const chance = fc.sample(fc.boolean(), { numRuns: draws, seed });
  let drawn = 0;
  const anyPart = () => chance[drawn++ % chance.length] === true;
  return [() => false, () => true, ...Array.from({ length: times }, () => anyPart)];
}

/** Lays out what a cut left in a new folder below another. */
export function layOut(files: ReadonlyMap<string, Buffer>, root: string): string {
  const place = mkdtempSync(join(root, "cut-"));
  // The -shm file is memory shared between processes, not data: SQLite makes it anew.
  for (const [file, content] of files)
    if (!file.endsWith("-shm")) writeFileSync(join(place, basename(file)), content);
  return place;
}

function rename(names: Names, act: Naming, content: Content | undefined): void {
  if (act.kind !== "create") names.delete(act.file);
  const to = act.kind === "rename" ? act.to : act.file;
  if (act.kind !== "remove" && content !== undefined) names.set(to, content);
}

function after(durable: Buffer, changes: readonly Change[], survives: () => boolean): Buffer {
  return changes.reduce((content, change) => applied(content, change, survives), durable);
}

function applied(content: Buffer, change: Change, survives: () => boolean): Buffer {
  if (change.kind === "truncate") {
    if (!survives()) return content;
    const resized = Buffer.alloc(change.length);
    content.copy(resized, 0, 0, Math.min(content.length, change.length));
    return resized;
  }
  let result = content;
  for (let start = 0; start < change.bytes.length; start += SECTOR_BYTES) {
    if (!survives()) continue;
    const piece = change.bytes.subarray(start, start + SECTOR_BYTES);
    const end = change.offset + start + piece.length;
    const grown = Buffer.alloc(Math.max(result.length, end));
    result.copy(grown);
    piece.copy(grown, change.offset + start);
    result = grown;
  }
  return result;
}
