import { PNG } from "pngjs";

/** A store's logo as HQ would put it, PNG in base64: a ring that fades from black to white, on transparent ground. */
export function ringLogo(edge: number): string {
  const png = new PNG({ width: edge, height: edge });
  const middle = (edge - 1) / 2;
  for (let y = 0; y < edge; y += 1)
    for (let x = 0; x < edge; x += 1) {
      const radius = Math.sqrt((x - middle) ** 2 + (y - middle) ** 2) / middle;
      const at = (y * edge + x) * 4;
      png.data.fill(Math.round((255 * x) / edge), at, at + 3);
      png.data[at + 3] = radius > 0.45 && radius < 1 ? 255 : 0;
    }
  return PNG.sync.write(png).toString("base64");
}
