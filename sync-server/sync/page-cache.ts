/** Characters of answers kept; a page of 500 documents is about 200,000. */
const MAX_CACHED_CHARS = 32 * 1024 * 1024;

interface Cached<T> {
  readonly value: T;
  readonly size: number;
}

/**
 * Answers that many tills ask for, newest use last, bounded by size. A key names the heads of the feeds it was read at, so an
 * answer never grows stale: a newer head is another key.
 */
export class PageCache<T extends { readonly documentsJson: string }> {
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
    this.#put(key, { value, size: value.documentsJson.length + key.length });
    return value;
  }

  #put(key: string, page: Cached<T>): void {
    if (page.size > MAX_CACHED_CHARS) return;
    const before = this.#pages.get(key);
    if (before !== undefined) this.#size -= before.size;
    this.#pages.set(key, page);
    this.#size += page.size;
    for (const [oldest, { size }] of this.#pages) {
      if (this.#size <= MAX_CACHED_CHARS) return;
      this.#pages.delete(oldest);
      this.#size -= size;
    }
  }
}
