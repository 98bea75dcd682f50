import { PNG } from "pngjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { ServerForTests } from "../../server-for-tests.ts";
import { createDarkroom } from "./darkroom.ts";
import { type KeptPicture, keepPicture } from "./keep-picture.ts";
import { pictureHead } from "./picture-kind.ts";

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

const keep = (bytes: Uint8Array) =>
  keepPicture(bytes, { storage: server.storage, darkroom: createDarkroom(), now: server.clock.now });

function png(width: number, height: number): Buffer {
  const picture = new PNG({ width, height });
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([at % 251, at % 13, 200, 255], at);
  return PNG.sync.write(picture);
}

/** A JPEG of 16 × 8 pixels as a camera that was held upright makes it: its EXIF says that it is to be turned, and where it was taken. */
const UPRIGHT_JPEG = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJ/AAP/Z",
  "base64",
);

async function pictureOf(kept: KeptPicture, size: "till" | "detail") {
  return server.storage.read((tx) => tx.picture(kept[size]));
}

test("a large picture is kept in the size of a tile and in that of a page, each under its own hash", async () => {
  const kept = await keep(png(1_600, 800));
  expect(kept).toMatchObject({ ok: true, value: { width: 1_600, height: 800 } });
  if (!kept.ok) return;
  const till = await pictureOf(kept.value, "till");
  expect(till?.mime).toBe("image/webp");
  expect(pictureHead(till?.bytes ?? new Uint8Array())).toEqual({ kind: "webp", width: 320, height: 160 });
  const detail = await pictureOf(kept.value, "detail");
  expect(pictureHead(detail?.bytes ?? new Uint8Array())).toEqual({ kind: "webp", width: 1_024, height: 512 });
});

test("a photo is turned as the camera was held, and keeps nothing of what the camera wrote beside it", async () => {
  expect(pictureHead(UPRIGHT_JPEG)).toEqual({ kind: "jpeg", width: 16, height: 8 });
  const kept = await keep(UPRIGHT_JPEG);
  expect(kept).toMatchObject({ ok: true, value: { width: 8, height: 16 } });
  if (!kept.ok) return;
  const till = await pictureOf(kept.value, "till");
  expect(Buffer.from(till?.bytes ?? []).includes("Exif")).toBe(false);
});

test("a WebP is taken as well, and the same picture is kept once", async () => {
  const first = await keep(png(40, 20));
  const webp = first.ok ? await pictureOf(first.value, "till") : null;
  const second = await keep(Buffer.from(webp?.bytes ?? []));
  expect(second).toMatchObject({ ok: true, value: { width: 40, height: 20 } });
  expect(await keep(png(40, 20))).toEqual(first);
});

test.each([
  ["a text", Buffer.from("MZ this is no picture at all, whatever it is called"), "notAPicture"],
  ["nothing", Buffer.alloc(0), "notAPicture"],
  ["a drawing with scripts in it", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"), "notAPicture"],
  ["a PNG that is cut off", png(300, 300).subarray(0, 400), "unreadable"],
  ["a small file that would be drawn enormous", bomb(), "tooManyPixels"],
])("%s is no picture to keep", async (_name, bytes, reason) => {
  expect(await keep(bytes)).toEqual({ ok: false, reason });
});

function bomb(): Buffer {
  const bytes = png(1, 1);
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  return bytes;
}

test("a picture that no product came to show is gone after a month", async () => {
  const kept = await keep(png(40, 20));
  const till = kept.ok ? kept.value.till : idOf<"ImageHash">("");
  server.clock.advance(31 * 86_400_000);
  await keep(png(41, 20));
  expect(await server.storage.read((tx) => tx.hasPicture(till))).toBe(false);
});
