import { open } from "node:fs/promises";
import bwip from "bwip-js/node";
import { PNG } from "pngjs";

const WIDTH = 1_280;
const HEIGHT = 720;
const FRAMES_PER_SECOND = 10;
/** Of luma: the counter behind a code, and what paper is. */
const COUNTER_GREY = 110;
/** Of chroma: no colour. */
const COLOURLESS = 128;

/** What lies before the camera, for so many tenths of a second; `code` null: nothing. */
export interface Scene {
  readonly code: {
    readonly kind: "ean13" | "gs1datamatrix" | "gs1-128" | "qrcode";
    readonly text: string;
  } | null;
  readonly frames: number;
}

/** Writes a film that Chromium plays over and over as what its camera sees: uncompressed, YUV4MPEG2. */
export async function writeFilm(path: string, scenes: readonly Scene[]): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.write(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_PER_SECOND}:1 Ip A1:1 C420jpeg\n`);
    for (const { code, frames } of scenes) {
      const picture = await pictureOf(code);
      for (let frame = 0; frame < frames; frame += 1) {
        await file.write("FRAME\n");
        await file.write(picture);
      }
    }
  } finally {
    await file.close();
  }
}

/** One frame, the code on white paper in its middle. */
async function pictureOf(code: Scene["code"]): Promise<Buffer> {
  const luma = Buffer.alloc(WIDTH * HEIGHT, COUNTER_GREY);
  if (code !== null) {
    const is2d = code.kind === "qrcode" || code.kind === "gs1datamatrix";
    const drawn = PNG.sync.read(
      await bwip.toBuffer({
        bcid: code.kind,
        text: code.text,
        scale: is2d ? 8 : 4,
        ...(is2d ? {} : { height: 25 }),
        padding: 10,
        backgroundcolor: "FFFFFF",
      }),
    );
    const left = Math.floor((WIDTH - drawn.width) / 2);
    const top = Math.floor((HEIGHT - drawn.height) / 2);
    for (let y = 0; y < drawn.height; y += 1)
      for (let x = 0; x < drawn.width; x += 1)
        luma[(top + y) * WIDTH + left + x] = drawn.data[(y * drawn.width + x) * 4] ?? COUNTER_GREY;
  }
  return Buffer.concat([luma, Buffer.alloc((WIDTH * HEIGHT) / 2, COLOURLESS)]);
}
