import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chordOf, type StruckKey, whyNoCommand } from "./key-chord.ts";
import {
  COMMANDS,
  commandOn,
  DEFAULT_KEYS,
  isRemappable,
  type KeyMap,
  readKeys,
  withKey,
} from "./key-map.ts";
import { commandOf } from "./keys.ts";

function struck(code: string, held: Partial<StruckKey> = {}): StruckKey {
  return { key: code, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held };
}

describe("the keys of a till", () => {
  it("as they came, each runs its command", () => {
    expect(commandOf(struck("F9"), DEFAULT_KEYS)).toBe("pay");
    expect(commandOf(struck("F9", { shiftKey: true }), DEFAULT_KEYS)).toBe("cash");
    expect(commandOf(struck("NumpadAdd", { key: "+" }), DEFAULT_KEYS)).toBe("exactCash");
    expect(commandOf(struck("F9", { ctrlKey: true }), DEFAULT_KEYS)).toBeUndefined();
  });

  it("all that came with it may be chosen as well", () => {
    const refused = COMMANDS.filter(isRemappable).filter(
      (command) => whyNoCommand(DEFAULT_KEYS[command] ?? "") !== null,
    );
    expect(refused).toEqual([]);
  });

  it("a held key alone is no key yet", () => {
    expect(chordOf(struck("ControlLeft", { key: "Control", ctrlKey: true }))).toBeNull();
  });

  it("a letter goes by what is written on it, on a French keyboard as on a German one", () => {
    expect(chordOf(struck("KeyQ", { key: "a", altKey: true }))).toBe("Alt+A");
    expect(chordOf(struck("KeyQ", { key: "ض", altKey: true }))).toBe("Alt+Q");
  });

  it.each([
    ["typed", "A"],
    ["typed", "Digit5"],
    ["typed", "Numpad5"],
    ["typed", "Ctrl+Alt+Q"],
    ["moves", "Enter"],
    ["moves", "Shift+Tab"],
    ["moves", "Escape"],
    ["browser", "Ctrl+W"],
    ["browser", "Alt+F4"],
    ["browser", "Ctrl+Shift+T"],
    ["browser", "Ctrl+Digit1"],
    ["browser", "Ctrl+Equal"],
    ["editing", "Ctrl+V"],
    ["scanner", "Ctrl+BracketRight"],
    ["scanner", "Ctrl+J"],
    ["scanner", "Alt+Numpad2"],
  ])("is refused as %s: %s", (why, chord) => {
    expect(whyNoCommand(chord)).toBe(why);
  });

  it.each(["F1", "F24", "Shift+F2", "Ctrl+F6", "Alt+A", "Ctrl+G", "NumpadMultiply", "Insert", "Pause"])(
    "may run a command: %s",
    (chord) => {
      expect(whyNoCommand(chord)).toBeNull();
    },
  );

  it("a key that moves to another command leaves the one that had it without", () => {
    const map = withKey(DEFAULT_KEYS, "park", "F9");
    expect(map.park).toBe("F9");
    expect(map.pay).toBeNull();
  });

  it("however often keys are moved, no key runs two commands", () => {
    const chord = fc.constantFrom("F1", "F2", "F3", "F9", "Alt+A", "Ctrl+G");
    const moves = fc.array(fc.tuple(fc.constantFrom(...COMMANDS), chord));
    fc.assert(
      fc.property(moves, (made) => {
        const map = made.reduce<KeyMap>((now, [command, key]) => withKey(now, command, key), DEFAULT_KEYS);
        const keys = COMMANDS.map((command) => map[command]).filter((key) => key !== null);
        expect(new Set(keys).size).toBe(keys.length);
        for (const key of keys) expect(map[commandOn(key, map) ?? "back"]).toBe(key);
      }),
    );
  });

  it("what was kept is read back, and what makes no sense in it is left out", () => {
    expect(readKeys(null)).toEqual(DEFAULT_KEYS);
    expect(readKeys("no JSON")).toEqual(DEFAULT_KEYS);
    const kept = readKeys(
      JSON.stringify({ pay: "Ctrl+G", park: "A", nothing: "F2", back: "F2", cases: null, recall: 7 }),
    );
    expect(kept).toEqual({ ...DEFAULT_KEYS, pay: "Ctrl+G", cases: null });
  });
});
