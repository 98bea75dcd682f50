import type { Unwatch } from "../engine/ports.ts";
import type { Updater, UpdaterState } from "../engine/updates/port.ts";
import type { FromEngine } from "./messages.ts";

/** The engine's end of the updater that main has: Electron's own runs nowhere else. */
export class UpdaterLine implements Updater {
  readonly #tell: (message: FromEngine) => void;
  readonly #listeners = new Set<() => void>();
  #state: UpdaterState;

  constructor(state: UpdaterState, tell: (message: FromEngine) => void) {
    this.#state = state;
    this.#tell = tell;
  }

  state(): UpdaterState {
    return this.#state;
  }

  /** What main said. */
  heard(state: UpdaterState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }

  download(version: string): void {
    this.#state = { state: "downloading", version };
    this.#tell({ kind: "downloadUpdate", version });
  }

  install(): void {
    this.#tell({ kind: "installUpdate" });
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }
}
