import type { Unwatch } from "../ports.ts";
import type { Updater, UpdaterState } from "../updates/port.ts";

/** An updater that fetches nothing: a test says what came of it. */
export class FakeUpdater implements Updater {
  /** Versions that were asked for, in order. */
  readonly asked: string[] = [];
  /** Versions that were to be put in place, in order. */
  readonly installed: string[] = [];
  readonly #listeners = new Set<() => void>();
  #state: UpdaterState = { state: "none" };

  state(): UpdaterState {
    return this.#state;
  }

  download(version: string): void {
    this.asked.push(version);
    this.#state = { state: "downloading", version };
  }

  /** What is under way comes to its end. */
  end(how: "downloaded" | "failed"): void {
    if (this.#state.state === "none") throw new Error("nothing was asked for");
    this.#state = { state: how, version: this.#state.version };
    for (const listener of [...this.#listeners]) listener();
  }

  install(): void {
    if (this.#state.state !== "downloaded") throw new Error("there is nothing to install");
    this.installed.push(this.#state.version);
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }
}
