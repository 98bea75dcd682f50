import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isVersion } from "#domain/updates/version.ts";
import type { UpdaterState } from "../engine/updates/port.ts";
import { StandInUpdater } from "./electron-stand-in.ts";
import type { FromEngine } from "./messages.ts";
import { UpdaterLine } from "./updater-line.ts";
import { readFeed, Updates } from "./updates.ts";

const FEED = "https://updates.example/onetill";
let updater: StandInUpdater;
let said: UpdaterState[];
let updates: Updates;
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  updater = new StandInUpdater();
  said = [];
  updates = new Updates({
    autoUpdater: updater as never,
    feed: FEED,
    platform: "win32-x64",
    onState: (state) => said.push(state),
  });
});
afterEach(() => vi.restoreAllMocks());

describe("Electron's updater, on a stand-in", () => {
  it("is asked for the version that HQ wants, of this platform", () => {
    updates.download("0.4.0");
    expect(updater.feeds).toEqual([`${FEED}/win32-x64/0.4.0`]);
    updater.emit("update-downloaded");
    expect(said).toEqual([
      { state: "downloading", version: "0.4.0" },
      { state: "downloaded", version: "0.4.0" },
    ]);
  });

  it("never takes the news of one version for those of another", () => {
    updates.download("0.4.0");
    updates.download("0.4.1");
    expect(updater.feeds).toHaveLength(1);
    updater.emit("update-downloaded");
    expect(said).not.toContainEqual({ state: "downloaded", version: "0.4.0" });
    updater.emit("update-downloaded");
    expect(updates.state).toEqual({ state: "downloaded", version: "0.4.1" });
  });

  it.each([
    ["the feed does not have it", () => updater.emit("update-not-available")],
    ["the connection breaks", () => updater.emit("error", new Error("reset"))],
  ])("says that it failed when %s, and takes the next try", (_, breaks) => {
    updates.download("0.4.0");
    breaks();
    expect(updates.state).toEqual({ state: "failed", version: "0.4.0" });
    updates.download("0.4.0");
    expect(updates.state).toEqual({ state: "downloading", version: "0.4.0" });
  });

  it("says that it failed where Electron will not fetch at all", () => {
    vi.spyOn(updater, "setFeedURL").mockImplementation(() => {
      throw new Error("the program is not signed");
    });
    updates.download("0.4.0");
    expect(updates.state).toEqual({ state: "failed", version: "0.4.0" });
  });

  it("takes versions from an https address and from nowhere else", () => {
    expect(readFeed(`${FEED}/`)).toBe(FEED);
    for (const said of [undefined, "", "http://updates.example", "file:///tmp", "nonsense"])
      expect(readFeed(said)).toBeNull();
  });
});

it("the engine's end of the line asks main, and hears what came of it", () => {
  const asked: FromEngine[] = [];
  let heard = 0;
  const line = new UpdaterLine({ state: "none" }, (message) => asked.push(message));
  const end = line.watch(() => {
    heard += 1;
  });
  line.download("0.4.0");
  expect(line.state()).toEqual({ state: "downloading", version: "0.4.0" });
  line.heard({ state: "downloaded", version: "0.4.0" });
  expect([line.state(), heard]).toEqual([{ state: "downloaded", version: "0.4.0" }, 1]);
  line.install();
  end();
  line.heard({ state: "failed", version: "0.4.0" });
  expect(heard).toBe(1);
  expect(asked).toEqual([{ kind: "downloadUpdate", version: "0.4.0" }, { kind: "installUpdate" }]);
});

it("the program's own version is one that can be ordered with others", () => {
  const file = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  expect(isVersion((JSON.parse(file) as { version: string }).version)).toBe(true);
});
