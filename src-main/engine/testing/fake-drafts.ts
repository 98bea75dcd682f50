import type { Drafts } from "../ports.ts";

/** Drafts in memory. Like the disk it keeps copies, not the caller's objects; `fail` makes every write fail, as a full disk does. */
export class FakeDrafts implements Drafts {
  readonly #values = new Map<string, string>();
  #failure: Error | null = null;
  #writesLeft = Number.POSITIVE_INFINITY;
  writes = 0;

  fail(failure: Error | null): void {
    this.#failure = failure;
  }

  /** The power goes after so many writes more; null: it is back. */
  failAfter(writes: number | null): void {
    this.#writesLeft = writes ?? Number.POSITIVE_INFINITY;
  }

  async get(id: string): Promise<unknown> {
    return parsed(this.#values.get(id));
  }

  async put(id: string, value: unknown): Promise<void> {
    const text = JSON.stringify(value);
    await this.#write();
    this.#values.set(id, text);
  }

  async remove(id: string): Promise<void> {
    await this.#write();
    this.#values.delete(id);
  }

  async list(prefix: string): Promise<readonly { readonly id: string; readonly value: unknown }[]> {
    return [...this.#values]
      .filter(([id]) => id.startsWith(prefix))
      .map(([id, text]) => ({ id, value: parsed(text) }));
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    if (this.#failure !== null) throw this.#failure;
    if (this.#writesLeft <= 0) throw new Error("the power is gone");
    this.#writesLeft -= 1;
    this.writes += 1;
  }
}

function parsed(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
