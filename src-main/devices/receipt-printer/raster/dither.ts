import { type Bitmap, blacken, blankBitmap } from "./bitmap.ts";

/** A picture of four bytes a dot: red, green, blue and opacity. */
export interface ColourPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const WHITE = 1;
const BLACK_BELOW = 0.5;
/** How bright each colour looks (ITU-R BT.601), of 255. */
const RED = 0.299 / 255;
const GREEN = 0.587 / 255;
const BLUE = 0.114 / 255;

/**
 * A picture in black dots of a size, greys as more or fewer of them (Floyd and Steinberg): what a dot is too dark or too bright by is passed on to its neighbours. White
 * stays free of dots, which the encoder's own does not keep. What is transparent is white, as the paper is.
 */
export function ditherPicture(
  picture: ColourPicture,
  { width, height }: { readonly width: number; readonly height: number },
): Bitmap {
  const greys = shrunk(picture, width, height);
  const printed = blankBitmap(width, height);
  const pass = (x: number, y: number, error: number): void => {
    if (x >= 0 && x < width && y < height) greys[y * width + x] = (greys[y * width + x] ?? WHITE) + error;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const grey = greys[y * width + x] ?? WHITE;
      const isBlack = grey < BLACK_BELOW;
      if (isBlack) blacken(printed, x, y);
      const error = grey - (isBlack ? 0 : WHITE);
      pass(x + 1, y, (error * 7) / 16);
      pass(x - 1, y + 1, (error * 3) / 16);
      pass(x, y + 1, (error * 5) / 16);
      pass(x + 1, y + 1, error / 16);
    }
  return printed;
}

/** Each dot as bright as the part of the picture that it stands for, 0 is black. */
function shrunk(picture: ColourPicture, width: number, height: number): Float64Array {
  const greys = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const right = Math.max(Math.floor(((x + 1) * picture.width) / width), 1);
      const bottom = Math.max(Math.floor(((y + 1) * picture.height) / height), 1);
      const left = Math.min(Math.floor((x * picture.width) / width), right - 1);
      const top = Math.min(Math.floor((y * picture.height) / height), bottom - 1);
      let sum = 0;
      for (let row = top; row < bottom; row += 1)
        for (let column = left; column < right; column += 1)
          sum += greyAt(picture, (row * picture.width + column) * 4);
      greys[y * width + x] = sum / ((right - left) * (bottom - top));
    }
  return greys;
}

function greyAt({ data }: ColourPicture, at: number): number {
  const [red = 0, green = 0, blue = 0, opacity = 0] = data.subarray(at, at + 4);
  const cover = opacity / 255;
  return WHITE - cover + cover * (red * RED + green * GREEN + blue * BLUE);
}
