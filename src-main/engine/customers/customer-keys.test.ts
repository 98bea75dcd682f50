import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { CUSTOMER_KEY_DRAFT } from "../personal-drafts.ts";
import type { Drafts } from "../ports.ts";
import { CustomerKeys } from "./customer-keys.ts";

/** Drafts on a disk that can be full. */
class FullableDrafts implements Drafts {
  readonly kept = new Map<string, unknown>();
  isFull = false;
  get = async (id: string) => this.kept.get(id);
  async put(id: string, value: unknown) {
    this.kept.set(id, value);
  }
  async remove(id: string) {
    if (this.isFull) throw new Error("database or disk is full");
    this.kept.delete(id);
  }
  list = async (prefix: string) =>
    [...this.kept].flatMap(([id, value]) => (id.startsWith(prefix) ? [{ id, value }] : []));
}

const [first, second] = [
  idOf<"Entry">("0199aaaa-0000-7000-8000-000000000001"),
  idOf<"Entry">("0199aaaa-0000-7000-8000-000000000002"),
];
const ada = idOf<"Customer">("0199bbbb-0000-7000-8000-000000000001");

test.each(["settle", "forget"] as const)(
  "S121 a key that a full disk did not let go of is not read any more, and goes with the next %s",
  async (again) => {
    const drafts = new FullableDrafts();
    const keys = await CustomerKeys.open(drafts, { pendingFor: () => [] });
    const randomBytes = (count: number) => new Uint8Array(count);
    for (const entry of [first, second]) {
      await keys.make({ entry, customer: ada, randomBytes });
      keys.written(entry);
    }
    drafts.isFull = true;
    const erased = again === "settle" ? () => keys.settle() : () => keys.forget(new Set([ada]));
    await expect(erased()).rejects.toThrow("full");
    expect(keys.of([{ id: first }, { id: second }])).toEqual([]);
    await expect(erased()).rejects.toThrow("full");
    drafts.isFull = false;
    await erased();
    expect([...drafts.kept.keys()].filter((id) => id.startsWith(CUSTOMER_KEY_DRAFT))).toEqual([]);
  },
);
