/** Characters of answers kept, and bytes of them that are packed; a page of 500 documents is about 200,000. */
const MAX_CACHED = 32 * 1024 * 1024;

interface Sized {
  readonly documentsJson: string;
  readonly packed: Uint8Array | null;
}

interface Cached<T> {
  readonly value: T;
  readonly size: number;
}

/**
 * Answers that many tills ask for, newest use last, bounded by size. A key names the heads of the feeds it was read at, so an
 * answer never grows stale: a newer head is another key.
 */
export class PageCache<T extends Sized> {
  readonly #pages = new Map<string, Cached<T>>();
  #size = 0;

  kept(key: string): T | null {
    const hit = this.#pages.get(key);
    if (hit === undefined) return null;
    this.#pages.delete(key);
    this.#pages.set(key, hit);
    return hit.value;
  }

  async get(key: string, read: () => Promise<T>): Promise<T> {
    const hit = this.kept(key);
    if (hit !== null) return hit;
    const value = await read();
    const { documentsJson, packed } = value;
    this.#put(key, { value, size: documentsJson.length + (packed?.length ?? 0) + key.length });
    return value;
  }

  #put(key: string, page: Cached<T>): void {
    if (page.size > MAX_CACHED) return;
    const before = this.#pages.get(key);
    if (before !== undefined) this.#size -= before.size;
    this.#pages.set(key, page);
    this.#size += page.size;
    for (const [oldest, { size }] of this.#pages) {
      if (this.#size <= MAX_CACHED) return;
      this.#pages.delete(oldest);
      this.#size -= size;
    }
  }
}
