import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader, framed, MAX_MESSAGE_BYTES } from "./framing.ts";

test("messages arrive whole, however the network cuts them up", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
      (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(framed));
        const reader = new FrameReader();
        const read: string[] = [];
        for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
          const until = from + (cuts[turn % cuts.length] ?? 1);
          read.push(...(reader.take(bytes.subarray(from, until)) ?? []));
          from = until;
        }
        expect(read).toEqual(messages);
      },
    ),
  );
});

test("what claims to be longer than any answer is refused before it is kept", () => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(MAX_MESSAGE_BYTES + 1);
  expect(new FrameReader().take(length)).toBeNull();
  expect(new FrameReader().take(Buffer.alloc(4))).toBeNull();
});
