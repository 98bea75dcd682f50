import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import decodeJpeg, { init as initJpeg } from "@jsquash/jpeg/decode.js";
import decodePng, { init as initPng } from "@jsquash/png/decode.js";
import resize, { initResize } from "@jsquash/resize";
import decodeWebp, { init as initWebp } from "@jsquash/webp/decode.js";
import encodeWebp, { init as initWebpEncoder } from "@jsquash/webp/encode.js";
import type { DarkroomAnswer, DarkroomJob, PictureKind } from "./picture-kind.ts";

/** Good enough that nobody sees it on a tile, and small. */
const QUALITY = 80;

/** What browsers call a drawn picture; the codecs make and take it, and Node has none. */
class Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly colorSpace = "srgb";

  constructor(data: Uint8ClampedArray<ArrayBuffer>, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}
Object.assign(globalThis, { ImageData: Pixels });

const ready = prepare();

async function prepare(): Promise<void> {
  // What a damaged picture makes a codec say is nothing for the server's log: it is refused.
  const printErr = (): void => undefined;
  const codec = (name: string) => readFile(fileURLToPath(import.meta.resolve(name)));
  await initJpeg({ wasmBinary: await codec("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm"), printErr });
  await initPng(await codec("@jsquash/png/codec/pkg/squoosh_png_bg.wasm"));
  await initWebp({ wasmBinary: await codec("@jsquash/webp/codec/dec/webp_dec.wasm"), printErr });
  // The one that the encoder chooses wherever Node 24 runs.
  await initWebpEncoder({ wasmBinary: await codec("@jsquash/webp/codec/enc/webp_enc_simd.wasm") });
  await initResize(await codec("@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm"));
}

/** Draws the picture, which leaves behind everything else that the file had in it. A photo is turned as its camera was held. */
async function develop({ kind, bytes, sides }: DarkroomJob): Promise<DarkroomAnswer> {
  await ready;
  const drawn = await drawnOf(kind, new Uint8Array(bytes).buffer);
  const made: Uint8Array[] = [];
  for (const side of sides) {
    const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
    const size = {
      width: Math.max(1, Math.round(drawn.width * scale)),
      height: Math.max(1, Math.round(drawn.height * scale)),
    };
    const small = scale === 1 ? drawn : await resize(drawn, { ...size, method: "lanczos3" });
    made.push(new Uint8Array(await encodeWebp(small, { quality: QUALITY })));
  }
  return { ok: true, width: drawn.width, height: drawn.height, made };
}

function drawnOf(kind: PictureKind, bytes: ArrayBuffer): Promise<Pixels> {
  switch (kind) {
    case "png":
      return decodePng(bytes);
    case "jpeg":
      return decodeJpeg(bytes, { preserveOrientation: true });
    case "webp":
      return decodeWebp(bytes);
  }
}

process.on("message", (job: DarkroomJob) => {
  void develop(job)
    .catch((error: unknown): DarkroomAnswer => ({ ok: false, failure: String(error) }))
    .then((answer) => process.send?.(answer));
});
