import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isSignatureDue,
  isSigned,
  MAX_SIGNATURE_CHARS,
  type Point,
  SIGNATURE_BOX,
  SIGNATURE_PATH,
  type Stroke,
  signaturePath,
} from "./signature.ts";

const WORDS = [
  { x: 10.2, y: 100 },
  { x: 60, y: 40.6 },
  { x: 61, y: 41 },
  { x: 120, y: 160 },
];

test("the customer signs never, without a code, or always, as the store's policy says", () => {
  const due = (rule: "never" | "withoutCode" | "always") =>
    (["code", "idCheck"] as const).map((kind) => isSignatureDue(rule, { kind }));
  expect([due("never"), due("withoutCode"), due("always")]).toEqual([
    [false, false],
    [false, true],
    [true, true],
  ]);
});

describe("what was drawn", () => {
  test("is a short path in whole units, without points that say nothing", () => {
    expect(signaturePath([WORDS, [{ x: 5, y: 5 }]])).toBe("M10 100l50 -59 60 119M5 5");
  });

  test("is a signature only when it is more than a slip of the finger", () => {
    expect(isSigned([WORDS])).toBe(true);
    expect(
      isSigned([
        [{ x: 5, y: 5 }],
        [
          { x: 10, y: 10 },
          { x: 12, y: 10 },
        ],
      ]),
    ).toBe(false);
    expect(isSigned([])).toBe(false);
  });

  test("outside the box is drawn at its edge", () => {
    expect(
      signaturePath([
        [
          { x: -5, y: 400 },
          { x: 2_000, y: Number.NaN },
        ],
      ]),
    ).toBe("M0 320l1000 -320");
  });
});

const point: fc.Arbitrary<Point> = fc.record({
  x: fc.double({ min: -50, max: 1_050, noNaN: true }),
  y: fc.double({ min: -50, max: 400, noNaN: true }),
});
const scribble: fc.Arbitrary<readonly Stroke[]> = fc.array(fc.array(point, { maxLength: 300 }), {
  maxLength: 40,
});

test("whatever is drawn, the path is of the form that the journal takes, never too long, and stays in the box", () => {
  fc.assert(
    fc.property(scribble, (strokes) => {
      const path = signaturePath(strokes);
      expect(path === "").toBe(strokes.every((stroke) => stroke.length === 0));
      expect(path.length).toBeLessThanOrEqual(MAX_SIGNATURE_CHARS);
      if (path !== "") expect(path).toMatch(SIGNATURE_PATH);
      for (const { x, y } of placesIn(path)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(SIGNATURE_BOX.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(SIGNATURE_BOX.height);
      }
    }),
  );
});

test("a thousand dots are cut at a whole one", () => {
  const dots = Array.from({ length: 1_000 }, (_, at): Stroke => [{ x: at, y: 300 }]);
  const path = signaturePath(dots);
  expect(path.length).toBeLessThanOrEqual(MAX_SIGNATURE_CHARS);
  expect(path).toMatch(SIGNATURE_PATH);
});

/** Every place that the pen touches, read off the path as a browser does. */
function placesIn(path: string): readonly Point[] {
  const places: Point[] = [];
  for (const stroke of path.split("M").slice(1)) {
    const [from = "", steps = ""] = stroke.split("l");
    const [x = 0, y = 0] = from.split(" ").map(Number);
    places.push({ x, y });
    const numbers = steps === "" ? [] : steps.split(" ").map(Number);
    for (let at = 0; at < numbers.length; at += 2) {
      const last = places.at(-1)!;
      places.push({ x: last.x + numbers[at]!, y: last.y + numbers[at + 1]! });
    }
  }
  return places;
}
