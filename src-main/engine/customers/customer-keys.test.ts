import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { CUSTOMER_KEY_DRAFT } from "../personal-drafts.ts";
import { FakeDrafts } from "../testing/fake-drafts.ts";
import { CustomerKeys } from "./customer-keys.ts";

const [first, second] = [
  idOf<"Entry">("0199aaaa-0000-7000-8000-000000000001"),
  idOf<"Entry">("0199aaaa-0000-7000-8000-000000000002"),
];
const ada = idOf<"Customer">("0199bbbb-0000-7000-8000-000000000001");

test.each(["settle", "forget"] as const)(
  "S121 a key that a full disk did not let go of is not read any more, and goes with the next %s",
  async (again) => {
    const drafts = new FakeDrafts();
    const keys = await CustomerKeys.open(drafts, { pendingFor: () => [] });
    const randomBytes = (count: number) => new Uint8Array(count);
    for (const entry of [first, second]) {
      await keys.make({ entry, customer: ada, randomBytes });
      keys.written(entry);
    }
    drafts.fail(new Error("database or disk is full"));
    const erased = again === "settle" ? () => keys.settle() : () => keys.forget(new Set([ada]));
    await expect(erased()).rejects.toThrow("full");
    expect(keys.of([{ id: first }, { id: second }])).toEqual([]);
    await expect(erased()).rejects.toThrow("full");
    drafts.fail(null);
    await erased();
    expect(await drafts.list(CUSTOMER_KEY_DRAFT)).toEqual([]);
  },
);
