import { expect, test } from "vitest";
import { SharedPages } from "./shared-pages.ts";

async function readAll(pages: SharedPages): Promise<string> {
  const read: Uint8Array[] = [];
  for await (const piece of pages.read()) {
    read.push(piece);
    await Promise.resolve();
  }
  return Buffer.concat(read).toString();
}

test("whoever begins to read when has all of it, also what comes later", async () => {
  const pages = new SharedPages();
  const early = [readAll(pages), readAll(pages)];
  pages.add(Buffer.from("one "));
  await Promise.resolve();
  const later = readAll(pages);
  pages.add(Buffer.from("two"));
  pages.end();
  expect(await Promise.all([...early, later, readAll(pages)])).toEqual(Array(4).fill("one two"));
  expect(pages.bytes).toBe(7);
});

test("where it fails nobody takes what there is for the whole", async () => {
  const pages = new SharedPages();
  pages.add(Buffer.from("half"));
  const reading = readAll(pages);
  pages.fail(new Error("the disk is gone"));
  await expect(reading).rejects.toThrow("the disk is gone");
  await expect(readAll(pages)).rejects.toThrow("the disk is gone");
});
