import type { Unwatch } from "../ports.ts";

/** What there is of a later version on this machine. */
export type UpdaterState =
  | { readonly state: "none" }
  | { readonly state: "downloading"; readonly version: string }
  | { readonly state: "downloaded"; readonly version: string }
  | { readonly state: "failed"; readonly version: string };

/** Fetches versions of this program and puts them in place. Nothing here throws: what went wrong is the state. */
export interface Updater {
  state(): UpdaterState;
  /** Begins to fetch this version, whatever was fetched before; `watch` tells what comes of it. */
  download(version: string): void;
  /** Ends the program and starts it again as the version that is downloaded. */
  install(): void;
  watch(onChange: () => void): Unwatch;
}
