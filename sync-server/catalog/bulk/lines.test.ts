import fc from "fast-check";
import { expect, test } from "vitest";
import { type Line, linesOf } from "./lines.ts";

const MAX = 8;

async function linesIn(text: string, size: number): Promise<readonly Line[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: Line[] = [];
  for await (const line of linesOf(pieces(), MAX)) found.push(line);
  return found;
}

test("lines are the same in whatever pieces they come, blank ones are passed over and counted", async () => {
  const any = fc.string({ unit: fc.constantFrom("a", "ü", "😀", "\n", " "), maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(any, fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const expected = text
        .split("\n")
        .map((line, at) => ({ row: at + 1, text: line.length > MAX ? null : line }))
        .filter(({ text: line }) => line === null || line.trim() !== "");
      expect(await linesIn(text, size)).toEqual(expected);
    }),
  );
});
