import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GROUP_SEPARATOR } from "#domain/scan/application-identifiers.ts";
import { asScanned, OUT_OF_SIGHT_MS, Repeats, type SeenCode } from "./seen-code.ts";

const EAN = "4006381333931";
const code = (text: string, symbology = "]E0", offCentre = 0): SeenCode => ({ text, symbology, offCentre });

describe("a code in front of the camera", () => {
  const seen = [code(EAN)];

  test("counts once, however long it stays there, and however seldom the till finds time to look", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 1 }), (pausesMs) => {
        const repeats = new Repeats();
        let nowMs = 0;
        const counted = pausesMs.filter((pauseMs) => {
          nowMs += pauseMs;
          return repeats.look(seen, nowMs) !== null;
        });
        expect(counted).toHaveLength(1);
      }),
    );
  });

  test("counts again when pictures were without it for two seconds, and no sooner", () => {
    const repeats = new Repeats();
    expect(repeats.look(seen, 0)?.text).toBe(EAN);
    repeats.look([], 100);
    repeats.look([], 100 + OUT_OF_SIGHT_MS - 1);
    expect(repeats.look(seen, 100 + OUT_OF_SIGHT_MS)).toBeNull();
    repeats.look([], 5_000);
    repeats.look([], 5_000 + OUT_OF_SIGHT_MS);
    expect(repeats.look(seen, 5_000 + OUT_OF_SIGHT_MS)?.text).toBe(EAN);
  });

  test("never counts twice within two seconds, whatever is held there", () => {
    const pictures = fc.array(
      fc.record({
        pauseMs: fc.nat({ max: 900 }),
        codes: fc.subarray([code(EAN), code("96385074", "]E4", 9)]),
      }),
    );
    fc.assert(
      fc.property(pictures, (shown) => {
        const repeats = new Repeats();
        const lastMs = new Map<string, number>();
        let nowMs = 0;
        for (const { pauseMs, codes } of shown) {
          nowMs += pauseMs;
          const counted = repeats.look(codes, nowMs);
          if (counted === null) continue;
          expect(nowMs - (lastMs.get(counted.text) ?? -OUT_OF_SIGHT_MS)).toBeGreaterThanOrEqual(
            OUT_OF_SIGHT_MS,
          );
          lastMs.set(counted.text, nowMs);
        }
      }),
    );
  });

  test("does not keep another one from counting at once", () => {
    const repeats = new Repeats();
    const other = [code("96385074", "]E4")];
    expect([repeats.look(seen, 0), repeats.look(other, 10), repeats.look(seen, 20)]).toEqual([
      seen[0],
      other[0],
      null,
    ]);
  });

  test("is the one in the middle where there are several; the others count once they are aimed at", () => {
    const repeats = new Repeats();
    const [far, near] = [code("far", "]E0", 400), code("near", "]E0", 12)];
    expect(repeats.look([far, near], 0)).toBe(near);
    expect(repeats.look([far, near], 100)).toBeNull();
    expect(repeats.look([far], 200)).toBe(far);
    expect(repeats.look([], 300)).toBeNull();
  });
});

describe("what the camera read comes to the screens as from a scanner", () => {
  test("bare where the kind of code changes nothing", () => {
    expect(asScanned(code(EAN))).toBe(EAN);
    expect(asScanned(code("OTP:FEN-1047:K7M4PQ", "]Q1"))).toBe("OTP:FEN-1047:K7M4PQ");
    expect(asScanned(code("MUG-RED", ""))).toBe("MUG-RED");
  });

  test("with its symbology where it is GS1, separators kept", () => {
    const text = `010400638133393110AB-1${GROUP_SEPARATOR}17261231`;
    expect(asScanned(code(text, "]d2"))).toBe(`]d2${text}`);
    expect(asScanned(code(text, "]C1"))).toBe(`]C1${text}`);
  });
});
