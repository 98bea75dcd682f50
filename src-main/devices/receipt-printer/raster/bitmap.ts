/** A picture of black dots on white paper, as a thermal head prints it. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** One byte a dot, row by row; 1 is black. */
  readonly dots: Uint8Array;
}

/** White paper of a size in dots. */
export function blankBitmap(width: number, height: number): Bitmap {
  return { width, height, dots: new Uint8Array(width * height) };
}

/** Blackens a dot; what lies outside the paper is not printed. */
export function blacken({ width, height, dots }: Bitmap, x: number, y: number): void {
  if (x >= 0 && x < width && y >= 0 && y < height) dots[y * width + x] = 1;
}

/** One picture below the other, all as wide as the first. */
export function stacked(parts: readonly Bitmap[], width: number): Bitmap {
  const whole = blankBitmap(
    width,
    parts.reduce((sum, { height }) => sum + height, 0),
  );
  let top = 0;
  for (const part of parts) {
    for (let y = 0; y < part.height; y += 1)
      for (let x = 0; x < part.width; x += 1)
        if (part.dots[y * part.width + x] === 1) blacken(whole, x, top + y);
    top += part.height;
  }
  return whole;
}

/** What the encoder takes: four bytes a dot, red, green, blue and opacity. */
export function imageOf({ width, height, dots }: Bitmap): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
} {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  dots.forEach((dot, index) => {
    if (dot === 1) data.fill(0, index * 4, index * 4 + 3);
  });
  return { width, height, data };
}
