import type { Act } from "./syscall-trace.ts";

type Change = Extract<Act, { readonly kind: "write" | "truncate" }>;

/** Bytes that a disk writes as one: a torn write ends between two of them. */
const SECTOR_BYTES = 512;

/**
 * A disk under a program: what was synced is there for good, what was not may be there, wholly, partly or not at all when the
 * power goes. Order between unsynced writes is not promised either.
 */
export class DiskModel {
  readonly #durable = new Map<string, Buffer>();
  readonly #pending = new Map<string, Change[]>();

  take(act: Act): void {
    switch (act.kind) {
      case "write":
      case "truncate":
        this.#pending.set(act.file, [...(this.#pending.get(act.file) ?? []), act]);
        return;
      case "sync":
        this.#durable.set(
          act.file,
          this.#after(act.file, () => true),
        );
        this.#pending.delete(act.file);
        return;
      case "remove":
        this.#durable.delete(act.file);
        this.#pending.delete(act.file);
        return;
      case "said":
        return;
    }
  }

  /** The files as they would be found when the power went now; `survives` decides for each unsynced sector. */
  cut(survives: () => boolean): ReadonlyMap<string, Buffer> {
    const files = new Set([...this.#durable.keys(), ...this.#pending.keys()]);
    return new Map([...files].map((file) => [file, this.#after(file, survives)]));
  }

  #after(file: string, survives: () => boolean): Buffer {
    return (this.#pending.get(file) ?? []).reduce(
      (content, change) => applied(content, change, survives),
      this.#durable.get(file) ?? Buffer.alloc(0),
    );
  }
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
