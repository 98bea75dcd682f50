import type { AutoUpdater } from "electron";
import { z } from "zod";
import type { UpdaterState } from "../engine/updates/port.ts";

const feedSchema = z.url({ protocol: /^https$/ });

/** Where versions come from: an https address without a slash at its end, or none. */
export function readFeed(said: string | undefined): string | null {
  if (said === undefined || said === "") return null;
  const address = feedSchema.safeParse(said);
  if (!address.success) {
    console.error("ONETILL_UPDATE_FEED is no https address: this till is updated by hand.");
    return null;
  }
  return address.data.replace(/\/+$/, "");
}

export interface UpdatesSettings {
  readonly autoUpdater: Pick<AutoUpdater, "on" | "setFeedURL" | "checkForUpdates">;
  /** Below it, a folder for each platform holds one for each version. */
  readonly feed: string;
  /** For example `win32-x64`. */
  readonly platform: string;
  readonly onState: (state: UpdaterState) => void;
}

/** Has Electron's own updater fetch the version that the engine asks for, one at a time. */
export class Updates {
  readonly #settings: UpdatesSettings;
  /** Electron does not say which version its news are of: it is the one under way. */
  #underWay: string | null = null;
  #next: string | null = null;
  #state: UpdaterState = { state: "none" };

  constructor(settings: UpdatesSettings) {
    this.#settings = settings;
    const { autoUpdater } = settings;
    autoUpdater.on("update-downloaded", () => this.#ended("downloaded"));
    autoUpdater.on("update-not-available", () => this.#ended("failed"));
    autoUpdater.on("error", (error) => {
      console.error("the update failed:", error);
      this.#ended("failed");
    });
  }

  get state(): UpdaterState {
    return this.#state;
  }

  download(version: string): void {
    if (this.#underWay !== null) this.#next = version;
    else this.#begin(version);
  }

  #begin(version: string): void {
    const { autoUpdater, feed, platform } = this.#settings;
    this.#underWay = version;
    this.#say({ state: "downloading", version });
    try {
      autoUpdater.setFeedURL({ url: `${feed}/${platform}/${version}` });
      autoUpdater.checkForUpdates();
    } catch (error) {
      console.error("the update cannot be fetched:", error);
      this.#ended("failed");
    }
  }

  #ended(how: "downloaded" | "failed"): void {
    // What fails once a version is downloaded is that it is put in place.
    const version = this.#underWay ?? ("version" in this.#state ? this.#state.version : null);
    if (version === null) return;
    const next = this.#next;
    this.#underWay = null;
    this.#next = null;
    if (next === null || next === version) this.#say({ state: how, version });
    else this.#begin(next);
  }

  #say(state: UpdaterState): void {
    this.#state = state;
    this.#settings.onState(state);
  }
}
