import bwip from "bwip-js/generic";
import { expect, test } from "vitest";
import { qrPath } from "./qr-path.ts";

/** Whether a place lies in the path, by the even-odd rule: edges left of it, counted. */
function isDark(path: string, x: number, y: number): boolean {
  let crossings = 0;
  for (const polygon of path.split("M").slice(1)) {
    const points = polygon
      .replace("Z", "")
      .split("L")
      .map((point) => point.split(" ").map(Number) as [number, number]);
    for (const [at, [x1, y1]] of points.entries()) {
      const [x2, y2] = points[(at + 1) % points.length]!;
      if (y1 > y !== y2 > y && x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) < x) crossings += 1;
    }
  }
  return crossings % 2 === 1;
}

test.each(["OTB:WQ7K3MFD", "https://shop.example/cart?basket=WQ7K3MFD&from=till"])(
  "the path of %s is dark where the code is, module by module",
  (text) => {
    const { size, path } = qrPath(text);
    const [code] = bwip.raw("qrcode", text);
    if (code === undefined || !("pixs" in code)) throw new Error("the encoder gave no modules");
    expect(size).toBe(code.pixx);
    const drawn = code.pixs.map((_, at) =>
      isDark(path, (at % size) + 0.5, Math.floor(at / size) + 0.5) ? 1 : 0,
    );
    expect(drawn).toEqual(code.pixs);
  },
);

test("more than a QR code holds is an error, not a code that says something else", () => {
  expect(() => qrPath("x".repeat(5_000))).toThrow();
});
