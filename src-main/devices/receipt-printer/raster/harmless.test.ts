import fc from "fast-check";
import { expect, test } from "vitest";
import { toEscPos } from "../escpos.ts";
import { ringLogo } from "../testing/logo-of.ts";
import { harmless } from "./harmless.ts";

const DRAWER_OR_STATUS = [0x04, 0x05, 0x14].map((command) => Buffer.from([0x10, command]));

function bytesOf(dots: Uint8Array): Buffer {
  const bytes = Buffer.alloc(dots.length / 8);
  dots.forEach((dot, index) => {
    if (dot === 1) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index % 8));
  });
  return bytes;
}

test("a picture never opens the drawer, and loses no dot for it", () => {
  const bytes = fc.array(fc.constantFrom(0, 0x10, 0x04, 0x05, 0x14, 0xff), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 17 }), (asked, width) => {
      const dots = Uint8Array.from(
        asked.flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1)),
      );
      const height = Math.floor(dots.length / width);
      const picture = { width, height, dots: dots.subarray(0, width * height) };
      const safe = harmless(picture);
      for (const command of DRAWER_OR_STATUS) expect(bytesOf(safe.dots).includes(command)).toBe(false);
      picture.dots.forEach((dot, index) => {
        const there = safe.dots[Math.floor(index / width) * safe.width + (index % width)];
        if (dot === 1) expect(there).toBe(1);
      });
    }),
  );
});

test("a receipt with a logo holds nothing that a printer would answer before it is printed", async () => {
  for (const edge of [157, 160, 240]) {
    const bytes = Buffer.from(
      await toEscPos([{ kind: "image", png: ringLogo(edge), label: "" }], { columns: 48 }),
    );
    for (const command of DRAWER_OR_STATUS) expect(bytes.includes(command)).toBe(false);
  }
});
