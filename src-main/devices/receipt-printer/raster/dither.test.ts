import { describe, expect, test } from "vitest";
import { ditherPicture } from "./dither.ts";

function plain(edge: number, [red, green, blue, opacity]: readonly [number, number, number, number]) {
  const data = new Uint8Array(edge * edge * 4).map((_, index) => [red, green, blue, opacity][index % 4] ?? 0);
  return { width: edge, height: edge, data };
}

function share(picture: Parameters<typeof ditherPicture>[0], size: number): number {
  const { dots } = ditherPicture(picture, { width: size, height: size });
  return dots.reduce((sum, dot) => sum + dot, 0) / dots.length;
}

describe("a logo in black dots", () => {
  test.each([
    ["white", [255, 255, 255, 255], 0],
    ["black", [0, 0, 0, 255], 1],
    ["transparent", [0, 0, 0, 0], 0],
    ["half grey", [128, 128, 128, 255], 0.5],
    ["half transparent black", [0, 0, 0, 64], 0.25],
  ] as const)("has as many of them as it is dark: %s", (_, colour, dark) => {
    for (const size of [64, 40, 17]) expect(share(plain(64, colour), size)).toBeCloseTo(dark, 1);
  });
});
