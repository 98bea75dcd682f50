import fc from "fast-check";
import { expect, test } from "vitest";
import { NotUtf8, utf8Text } from "./utf8-text.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(bytes: Uint8Array, size = 3): Promise<string> {
  let text = "";
  for await (const piece of utf8Text(inPieces(bytes, size))) text += piece;
  return text;
}

test("letters that are cut in two on the way arrive whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 7 }), async (any, size) => {
      const text = any.replaceAll("\0", "").replace(/^\u{feff}+/u, "");
      expect(await textOf(Buffer.from(text), size)).toBe(text);
    }),
  );
});

test("a byte order mark is no part of the heading", async () => {
  expect(await textOf(Buffer.from("\u{feff}Handle,Title"), 1)).toBe("Handle,Title");
});

test.each([
  ["Latin-1", Buffer.from("Handle\nok\ncaf\xe9 noir", "latin1"), 3],
  ["UTF-16", Buffer.from("\u{feff}Handle,Title\n", "utf16le"), 1],
  ["UTF-16 without a mark", Buffer.from("Handle,Title\n", "utf16le"), 1],
  ["a letter cut off at the end", Buffer.from("ok\né").subarray(0, 4), 2],
])("%s is refused with the line where it begins", async (_name, bytes, line) => {
  const error = await textOf(bytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotUtf8);
  expect(error).toMatchObject({ line });
});
