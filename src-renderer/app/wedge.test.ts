import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RECEIPT_CODE } from "../testing/fake-purchases.ts";
import { MAX_GAP_MS, MIN_CODE_CHARS, USUAL_WEDGE, WedgeReader } from "./wedge.ts";

/** Types the keys one after the other, `gapMs` apart; the readings in order. */
function typed(reader: WedgeReader, keys: readonly string[], gapMs: number, from = 1_000) {
  return keys.map((key, index) => reader.read({ key, atMs: from + index * gapMs }));
}

function lastKind(keys: readonly string[], gapMs: number) {
  return typed(new WedgeReader(), keys, gapMs).at(-1);
}

describe("telling a scanner from a hand", () => {
  it("a code in quick succession closed by Enter is a scan", () => {
    expect(lastKind([..."4006381333931", "Enter"], 3)).toEqual({ kind: "scan", code: "4006381333931" });
  });

  it("a scanner that closes with Tab is understood as well", () => {
    expect(lastKind([..."TEE-S", "Tab"], 10)).toEqual({ kind: "scan", code: "TEE-S" });
  });

  it("the same keys by hand are typing", () => {
    expect(lastKind([..."4006381333931", "Enter"], MAX_GAP_MS + 1)).toEqual({ kind: "other" });
  });

  it("a quick hand on a few keys is typing", () => {
    expect(lastKind([..."12", "Enter"], 20)).toEqual({ kind: "other" });
  });

  it("capitals of a code come with Shift between and are still one code", () => {
    expect(lastKind(["Shift", "A", "b", "Shift", "C", "1", "Enter"], 2)).toEqual({
      kind: "scan",
      code: "AbC1",
    });
  });

  it("what was typed slowly before a scan is no part of its code", () => {
    const reader = new WedgeReader();
    typed(reader, [..."mug"], 200);
    expect(typed(reader, [..."40063813", "Enter"], 3, 5_000).at(-1)).toEqual({
      kind: "scan",
      code: "40063813",
    });
  });

  it("an Enter that comes late is a person's Enter, and the code before it is forgotten", () => {
    const reader = new WedgeReader();
    typed(reader, [..."40063813"], 3);
    expect(reader.read({ key: "Enter", atMs: 9_000 })).toEqual({ kind: "other" });
    expect(typed(reader, [..."5555", "Enter"], 3, 9_001).at(-1)).toEqual({ kind: "scan", code: "5555" });
  });

  it("a receipt's own code of more than a thousand digits comes through whole, at a slow scanner's pace and at a quick one's", () => {
    const code = RECEIPT_CODE;
    expect(code.length).toBeGreaterThan(1_290);
    for (const gapMs of [0, 1, 8, MAX_GAP_MS])
      expect(lastKind([...code, "Enter"], gapMs)).toEqual({ kind: "scan", code });
  });

  it("a space alone is left to the button that has the focus, and no code begins with one", () => {
    expect(lastKind([" "], 3)).toEqual({ kind: "other" });
    expect(lastKind([" ", ..."1234", "Enter"], 3)).toEqual({ kind: "scan", code: "1234" });
  });

  it("whatever is printed on a label comes through as it is, at any scanner's pace", () => {
    const character = fc.constantFrom(..."0123456789ABCXYZabcxyz-./+%$ ?=&:");
    const code = fc
      .array(character, { minLength: MIN_CODE_CHARS, maxLength: 60 })
      .filter(([first]) => first !== " ");
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: MAX_GAP_MS }), (characters, gapMs) => {
        expect(lastKind([...characters, "Enter"], gapMs)).toEqual({
          kind: "scan",
          code: characters.join(""),
        });
      }),
    );
  });
});

describe("a scanner that was set up in its own way", () => {
  const reader = (rules: Partial<typeof USUAL_WEDGE>): WedgeReader => {
    const made = new WedgeReader();
    made.follow({ ...USUAL_WEDGE, ...rules });
    return made;
  };

  it("may be slower, and its codes shorter", () => {
    const keys = [..."12", "Enter"];
    expect(typed(reader({}), keys, 120).at(-1)).toEqual({ kind: "other" });
    expect(typed(reader({ gapMs: 150, minChars: 2 }), keys, 120).at(-1)).toEqual({
      kind: "scan",
      code: "12",
    });
  });

  it.each(["~", "F12"])("may send %s before a code, which is no part of it", (prefix) => {
    const keys = [prefix, ..."40063813", "Enter"];
    expect(typed(reader({ prefix }), keys, 3).at(-1)).toEqual({ kind: "scan", code: "40063813" });
    expect(typed(reader({ prefix }), keys.slice(1), 3).at(-1)).toEqual({ kind: "scan", code: "40063813" });
  });

  it.each(["|", "F8"])("may send %s for the separator of GS1 codes", (separator) => {
    const keys = [..."10AB", separator, ..."2142", "Enter"];
    expect(typed(reader({ separator }), keys, 3).at(-1)).toEqual({ kind: "scan", code: "10AB\u001d2142" });
  });

  it("may send nothing after a code: silence ends it, and a hand's few characters stay typing", () => {
    const silent = reader({ terminator: "none" });
    typed(silent, [..."40063813"], 3);
    expect(silent.silence()).toBe("40063813");
    expect(silent.silence()).toBeNull();
    typed(silent, [..."abc"], 3, 9_000);
    expect(silent.silence()).toBeNull();
    const usual = reader({});
    typed(usual, [..."40063813"], 3);
    expect(usual.silence()).toBeNull();
  });

  it("says how slow its slowest character was", () => {
    const measured = reader({});
    for (const [key, atMs] of [
      ["1", 0],
      ["2", 5],
      ["3", 47],
      ["4", 50],
      ["Enter", 52],
    ] as const)
      measured.read({ key, atMs: 1_000 + atMs });
    expect(measured.longestGapMs).toBe(42);
  });
});
