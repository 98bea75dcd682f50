import { expect, test } from "vitest";
import { PageCache } from "./page-cache.ts";

test("what is packed counts as well: more than it may keep is read anew each time", async () => {
  const cache = new PageCache<{ documentsJson: string; packed: Uint8Array | null }>();
  let read = 0;
  const get = (key: string, bytes: number) =>
    cache.get(key, async () => {
      read += 1;
      return { documentsJson: "{}", packed: new Uint8Array(bytes) };
    });
  await get("little", 1_000);
  await get("little", 1_000);
  expect(read).toBe(1);
  await get("much", 33 * 1024 * 1024);
  await get("much", 33 * 1024 * 1024);
  expect(read).toBe(3);
  await get("half", 20 * 1024 * 1024);
  await get("another half", 20 * 1024 * 1024);
  expect(cache.kept("half")).toBeNull();
  expect(cache.kept("another half")).not.toBeNull();
});
