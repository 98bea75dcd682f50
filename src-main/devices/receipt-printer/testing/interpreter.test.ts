import { describe, expect, test } from "vitest";
import { printOnPaper } from "./interpreter.ts";

const ESC = 0x1b;
const GS = 0x1d;
const LF = 0x0a;

function bytes(...parts: readonly (number | string)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from([part]))),
  );
}

const printed = (...parts: readonly (number | string)[]) => printOnPaper(bytes(...parts), { columns: 32 });

describe("the printer of the tests", () => {
  test("prints letters of the code page that is chosen", async () => {
    const { lines } = await printed(ESC, "@", ESC, "t", 18, 0x9d, LF, ESC, "t", 16, 0x80, LF);
    expect(lines).toEqual(["Ł", "€"]);
  });

  test.each([
    ["a command that it does not know", [ESC, "p", 0, 25, 250], "unknown ESC command 0x70"],
    ["a code page that it does not have", [ESC, "t", 99], "unknown code page"],
    ["a byte that is no letter", ["Becher", 0x07, LF], "unknown control byte 0x7"],
    ["a picture that ends too early", [GS, "v0", 0, 48, 0, 24, 0, "..."], "ends within a command"],
    ["a line wider than the paper", ["x".repeat(33), LF], "396 dots does not fit on 384"],
    [
      "a picture wider than the paper",
      [GS, "v0", 0, 49, 0, 1, 0, "x".repeat(49)],
      "392 dots do not fit on 384",
    ],
    ["a line that is never printed", ["Becher"], "the last line was never printed"],
    ["a cut through a line", ["Becher", GS, "V", 0], "cut in the middle of a line"],
    ["alignment within a line", ["Becher", ESC, "a", 1, LF], "align in the middle of a line"],
  ] as const)("does not pass over %s", async (_, parts, words) => {
    await expect(printed(...parts)).rejects.toThrow(words);
  });
});
