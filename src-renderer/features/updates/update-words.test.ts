import { describe, expect, it } from "vitest";
import { instant } from "#domain/ids.ts";
import { UPDATE_WAITS, type UpdateView } from "#protocol/till/update.ts";
import { canInstall, updateWords } from "./update-words.ts";

const clock = () => "22:00";
const stands = (now: UpdateView["now"]) => ({
  running: "0.3.0",
  wanted: { version: "0.4.0", notBefore: instant(1) },
  now,
});
const ALL: readonly UpdateView["now"][] = [
  { state: "byHand" },
  { state: "downloading" },
  { state: "ready" },
  { state: "installing" },
  ...UPDATE_WAITS.map((why) => ({ state: "waiting", why }) as const),
  { state: "failed", step: "download", againAt: instant(1) },
  { state: "failed", step: "install", againAt: instant(1) },
];

describe("what the till says of a new version", () => {
  it("names it in whatever state it is, and has a sentence for each", () => {
    const said = ALL.map((now) => updateWords(stands(now), clock));
    for (const words of said) expect(words).toContain("0.4.0");
    expect(new Set(said).size).toBe(ALL.length);
    expect(updateWords({ running: "0.3.0", wanted: null, now: { state: "upToDate" } }, clock)).toBe(
      "It is up to date.",
    );
  });

  it("says when, where there is a time to wait for", () => {
    const timed = ALL.filter((now) => updateWords(stands(now), clock).includes("22:00"));
    expect(timed.map((now) => ("why" in now ? now.why : now.state))).toEqual([
      "byHand",
      "notYet",
      "failed",
      "failed",
    ]);
  });

  it("offers to install only what is here and may be installed", () => {
    expect(ALL.filter((now) => canInstall(stands(now)))).toEqual([
      { state: "ready" },
      { state: "failed", step: "install", againAt: instant(1) },
    ]);
  });
});
