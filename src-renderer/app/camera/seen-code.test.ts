import { describe, expect, test } from "vitest";
import { GROUP_SEPARATOR } from "#domain/scan/application-identifiers.ts";
import { aimedAt, asScanned, OUT_OF_SIGHT_MS, Repeats, type SeenCode } from "./seen-code.ts";

const EAN = "4006381333931";
const code = (text: string, symbology = "]E0", offCentre = 0): SeenCode => ({ text, symbology, offCentre });

describe("a code in front of the camera", () => {
  test("counts once, however long it stays there", () => {
    const repeats = new Repeats();
    const counted = Array.from({ length: 100 }, (_, look) => repeats.counts(EAN, look * 100));
    expect(counted.filter((each) => each)).toHaveLength(1);
  });

  test("counts again when it was away for two seconds, and no sooner", () => {
    const repeats = new Repeats();
    expect(repeats.counts(EAN, 0)).toBe(true);
    expect(repeats.counts(EAN, OUT_OF_SIGHT_MS - 1)).toBe(false);
    expect(repeats.counts(EAN, 2 * OUT_OF_SIGHT_MS - 1)).toBe(true);
  });

  test("does not keep another one from counting at once", () => {
    const repeats = new Repeats();
    expect([repeats.counts(EAN, 0), repeats.counts("96385074", 10), repeats.counts(EAN, 20)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test("of several codes in the picture the one in the middle is meant", () => {
  const codes = [code("far", "]E0", 400), code("near", "]E0", 12), code("other", "]Q1", 200)];
  expect(aimedAt(codes)?.text).toBe("near");
  expect(aimedAt([])).toBeNull();
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
