import type { Locator } from "@playwright/test";
import jsQr from "jsqr";
import { PNG } from "pngjs";

/** What a scanner reads off the screen: the QR code that is drawn there. */
export async function readQr(picture: Locator): Promise<string> {
  await picture.scrollIntoViewIfNeeded();
  const { data, width, height } = PNG.sync.read(await picture.screenshot());
  const found = jsQr(new Uint8ClampedArray(data), width, height);
  if (found === null) throw new Error("no code could be read off the screen");
  return found.data;
}
