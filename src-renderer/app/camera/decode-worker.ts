import { prepareZXingModule, type ReadResult, readBarcodes } from "zxing-wasm/reader";
import wasmAddress from "zxing-wasm/reader/zxing_reader.wasm?url";
import type { DecodeAnswer } from "./decode-messages.ts";
import type { SeenCode } from "./seen-code.ts";

/** More codes than this are in no picture that somebody aims at one with. */
const MOST_CODES = 8;

// From our own origin: left to itself the library would ask a server on the internet.
prepareZXingModule({ overrides: { locateFile: () => wasmAddress } });

async function codesIn(picture: ImageBitmap): Promise<readonly SeenCode[]> {
  const { width, height } = picture;
  const drawn = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (drawn === null) throw new Error("there is nothing to draw on");
  drawn.drawImage(picture, 0, 0);
  picture.close();
  const found = await readBarcodes(drawn.getImageData(0, 0, width, height), {
    formats: ["EAN13", "EAN8", "UPCA", "UPCE", "Code128", "DataBar", "QRCode", "DataMatrix"],
    // What is in the code and nothing made of it: separators stay what they are.
    textMode: "Plain",
    maxNumberOfSymbols: MOST_CODES,
  });
  return found
    .filter(({ isValid }) => isValid)
    .map((each) => ({
      text: each.text,
      symbology: each.symbologyIdentifier,
      offCentre: offCentre(each, width, height),
    }));
}

function offCentre({ position }: ReadResult, width: number, height: number): number {
  const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft];
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length;
  return Math.hypot(x - width / 2, y - height / 2);
}

async function answerTo(picture: ImageBitmap): Promise<DecodeAnswer> {
  try {
    return { ok: true, codes: await codesIn(picture) };
  } catch {
    return { ok: false };
  }
}

self.onmessage = async ({ data }: MessageEvent<ImageBitmap>) => {
  self.postMessage(await answerTo(data));
};
