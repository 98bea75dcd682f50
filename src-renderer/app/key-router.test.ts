import { beforeEach, describe, expect, it } from "vitest";
import { RECEIPT_CODE } from "../testing/fake-purchases.ts";
import { KeyRouter } from "./key-router.ts";
import { SURE_CHARS, USUAL_WEDGE } from "./wedge.ts";

const SCANNER_GAP_MS = 3;
const HAND_GAP_MS = 140;

describe("what a key means on screen", () => {
  let router: KeyRouter;
  let clock: number;
  let scans: string[];
  let typing: string[];
  let intoField: string[];

  beforeEach(() => {
    intoField = [];
    router = new KeyRouter((text) => intoField.push(text));
    clock = 1_000;
    scans = [];
    typing = [];
    router.onScan("screen", (code) => scans.push(code));
    router.onTyped("screen", (text) => typing.push(text));
  });

  function press(keys: readonly string[], { gapMs, inField = false }: { gapMs: number; inField?: boolean }) {
    return keys.map((key) => {
      clock += gapMs;
      return router.press({ key, atMs: clock, inField });
    });
  }
  const scan = (code: string, inField = false) =>
    press([...code, "Enter"], { gapMs: SCANNER_GAP_MS, inField }).at(-1);

  it("what a hand typed counts for the button that is pressed at once after it", () => {
    press(["6"], { gapMs: HAND_GAP_MS });
    expect(typing).toEqual([]);
    router.touch();
    expect(typing).toEqual(["6"]);
  });

  it("a touch in the middle of a scan neither breaks it nor makes typing of it", () => {
    press([..."40063"], { gapMs: SCANNER_GAP_MS });
    router.touch();
    press([..."81333931", "Enter"], { gapMs: SCANNER_GAP_MS });
    expect(scans).toEqual(["4006381333931"]);
    expect(typing).toEqual([]);
  });

  it("a scan rings whatever has the focus, and none of it is taken for typing", () => {
    expect(scan("4006381333931")).toBe("scan");
    router.settle();
    expect(scans).toEqual(["4006381333931"]);
    expect(typing).toEqual([]);
  });

  it("a scan into the search field rings as well", () => {
    expect(scan("4006381333931", true)).toBe("scan");
    expect(scans).toEqual(["4006381333931"]);
  });

  it("of a long code a field sees the first few characters and nothing more", () => {
    const verdicts = press([...RECEIPT_CODE, "Enter"], { gapMs: SCANNER_GAP_MS, inField: true });
    expect(verdicts.filter((verdict) => verdict === "fieldBurst" || verdict === "pass")).toHaveLength(
      SURE_CHARS,
    );
    expect(verdicts.at(-1)).toBe("scan");
    expect(scans).toEqual([RECEIPT_CODE]);
    router.settle();
    expect([...typing, ...intoField]).toEqual([]);
  });

  it("a long text that ended without Enter is the field's after all, with nothing lost", () => {
    const text = "12345678901234567890";
    press([...text], { gapMs: SCANNER_GAP_MS, inField: true });
    router.settle();
    expect(intoField).toEqual([text.slice(SURE_CHARS)]);
    expect([...scans, ...typing]).toEqual([]);
  });

  it("two scans right after each other are two codes", () => {
    scan("40063813");
    scan("40063820");
    expect(scans).toEqual(["40063813", "40063820"]);
  });

  it("what was handed on as typed is no part of a scan that comes right after", () => {
    press([..."12"], { gapMs: SCANNER_GAP_MS });
    router.settle();
    scan("40063813");
    expect(typing).toEqual(["12"]);
    expect(scans).toEqual(["40063813"]);
  });

  it("typing in a field is left to the field", () => {
    const verdicts = press([..."mug", "Enter"], { gapMs: HAND_GAP_MS, inField: true });
    expect(verdicts).toEqual(["fieldBurst", "fieldBurst", "fieldBurst", "pass"]);
    router.settle();
    expect(typing).toEqual([]);
    expect(scans).toEqual([]);
  });

  it("typing outside of a field reaches the screen, character by character", () => {
    press([..."20"], { gapMs: HAND_GAP_MS });
    router.settle();
    expect(typing).toEqual(["2", "0"]);
  });

  it("a few quick digits and Enter are an amount: the digits come first, then Enter is passed on", () => {
    expect(press([..."50", "Enter"], { gapMs: SCANNER_GAP_MS })).toEqual(["hold", "hold", "pass"]);
    expect(typing).toEqual(["50"]);
    expect(scans).toEqual([]);
  });

  it("what lies over a screen takes scans and typing first, whichever came to be first", () => {
    const over: string[] = [];
    const stop = [
      router.onScan("over", (code) => over.push(`scan ${code}`)),
      router.onTyped("over", (text) => over.push(`typed ${text}`)),
    ];
    router.onScan("screen", (code) => scans.push(`later ${code}`));
    scan("40063813");
    press(["7"], { gapMs: HAND_GAP_MS });
    router.settle();
    expect(over).toEqual(["scan 40063813", "typed 7"]);
    for (const each of stop) each();
    scan("40063820");
    expect(scans).toEqual(["later 40063820"]);
  });

  it("on a screen that declares nothing a scan does nothing", () => {
    const silent = new KeyRouter();
    const verdicts = [..."40063813", "Enter"].map((key, atMs) => silent.press({ key, atMs, inField: false }));
    expect(verdicts.at(-1)).toBe("scan");
    expect([...scans, ...typing]).toEqual([]);
  });

  it("a code without anything after it is a scan once nothing follows, and typing goes on as typing", () => {
    router.follow({ ...USUAL_WEDGE, terminator: "none" });
    press([..."40063813"], { gapMs: SCANNER_GAP_MS });
    router.settle();
    expect([scans, typing]).toEqual([["40063813"], []]);
    press(["m"], { gapMs: HAND_GAP_MS });
    router.settle();
    expect([scans, typing]).toEqual([["40063813"], ["m"]]);
  });

  it("a code that came another way means what a scan by keys would", () => {
    router.deliver("40063813");
    expect(scans).toEqual(["40063813"]);
  });
});
