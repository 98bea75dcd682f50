import { createHash } from "node:crypto";
import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { MAX_LOGO_BYTES } from "#domain/receipt/logo.ts";
import { logoOnPaper, rewrittenLogo } from "./logo.ts";
import { damagedLogo } from "./testing/damaged-logo.ts";

/** A picture of dots, each as bright as `brightness` says. */
function picture(edge: number, brightness: (dot: number) => readonly [number, number, number]): PNG {
  const made = new PNG({ width: edge, height: edge });
  for (let dot = 0; dot < edge * edge; dot += 1) made.data.set([...brightness(dot), 255], dot * 4);
  return made;
}

const noise = (dot: number) => (Math.imul(dot + 1, 2_654_435_761) >>> 24) & 255;

test("a logo written anew shows the same dots", () => {
  const before = picture(40, (dot) => [noise(dot), noise(dot + 7), 30]);
  const after = rewrittenLogo(PNG.sync.write(before).toString("base64"));
  if (!after.ok) throw new Error(after.reason);
  expect(PNG.sync.read(Buffer.from(after.value, "base64")).data).toEqual(before.data);
});

test("a large drawing in black and white still fits", () => {
  const drawing = picture(400, (dot) => (noise(dot) > 127 ? [255, 255, 255] : [0, 0, 0]));
  const sent = PNG.sync.write(drawing, { colorType: 0, deflateStrategy: 0 });
  expect(sent.length).toBeLessThan(MAX_LOGO_BYTES);
  expect(rewrittenLogo(sent.toString("base64"))).toMatchObject({ ok: true });
});

test("a photo that would be too much for the tills is refused in words", () => {
  const bytes = createHash("shake256", { outputLength: 200 * 200 * 3 }).digest();
  const photo = picture(200, (dot) => [bytes[dot * 3]!, bytes[dot * 3 + 1]!, bytes[dot * 3 + 2]!]);
  expect(rewrittenLogo(PNG.sync.write(photo).toString("base64"))).toMatchObject({
    ok: false,
    reason: expect.stringContaining("send a smaller or simpler picture"),
  });
});

test("half-transparent black lies on paper as grey", () => {
  const onPaper = PNG.sync.read(logoOnPaper(Buffer.from(damagedLogo(), "base64")) ?? Buffer.of());
  expect([...onPaper.data.subarray(0, 4)]).toEqual([0xbf, 0xbf, 0xbf, 0xff]);
  expect(logoOnPaper(Buffer.from("no picture"))).toBeNull();
});
