import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findSides } from "./sides.ts";

const root = resolve(import.meta.dirname, "..");

describe("the till's screens turn with the language", () => {
  it.each([
    [`<p className="ml-2 text-left">`, ["1: ml-2", "1: text-left"]],
    [`<p className="absolute -right-1 top-0 pl-[3px]">`, ["1: -right-1", "1: pl-["]],
    [`<p className="border-l rounded-tl-xl">`, ["1: border-l", "1: rounded-tl"]],
    [`<p className="ms-2 border-line rounded-lg text-end pe-3 start-0 leading-tight">`, []],
  ])("%s", (source, expected) => {
    expect(findSides(source)).toEqual(expected);
  });

  it("no class names the left or the right", () => {
    const sided = globSync("src-renderer/**/*.tsx", { cwd: root }).flatMap((path) =>
      findSides(readFileSync(join(root, path), "utf8")).map((side) => `${path}:${side}`),
    );
    expect(sided).toEqual([]);
  });
});
