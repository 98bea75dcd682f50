import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from "electron";
import type { UpdaterState } from "../engine/updates/port.ts";
import { type FromEngine, fromEngineSchema, type ToEngine } from "./messages.ts";
import { PORT_CHANNEL } from "./security.ts";

/** First pause before a fallen engine is started again, milliseconds; doubles up to the limit. */
const RESTART_PAUSE_MS = 250;
const MAX_RESTART_PAUSE_MS = 10_000;
/** An engine that ran this long, in milliseconds, fell for a new reason: the pause begins small again. */
const STABLE_AFTER_MS = 60_000;

type Picture = Extract<FromEngine, { kind: "picture" }>["picture"];

export interface EngineHostSettings {
  readonly modulePath: string;
  readonly dataDir: string;
  readonly vaultKey: string | null;
  /** Pair by this code on the first start; a till that is paired already pays no heed. */
  readonly pairing: { readonly server: string; readonly code: string } | null;
  /** Of the program. */
  readonly version: string;
  /** What there is of a later version; null: later versions come by hand. */
  readonly update: () => UpdaterState | null;
  readonly onDownloadUpdate: (version: string) => void;
  readonly onInstallUpdate: () => void;
  /** Called when the engine says that it cannot start. */
  readonly onFailure: (message: string) => void;
}

/**
 * Keeps one engine running in a process of its own and connects windows to it. When the engine falls it is started
 * again and every window gets a fresh port; what it had acknowledged is on disk.
 */
export class EngineHost {
  readonly #settings: EngineHostSettings;
  readonly #windows = new Set<WebContents>();
  readonly #pictures = new Map<number, (picture: Picture) => void>();
  #process: UtilityProcess | null = null;
  #nextPicture = 1;
  #pauseMs = RESTART_PAUSE_MS;
  #startedAt = 0;
  #closing = false;

  constructor(settings: EngineHostSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#startedAt = Date.now();
    const child = utilityProcess.fork(this.#settings.modulePath, [], {
      serviceName: "onetill-engine",
      stdio: "inherit",
    });
    this.#process = child;
    const { dataDir, vaultKey, pairing, version, update } = this.#settings;
    this.#tell(child, { kind: "start", dataDir, vaultKey, pairing, version, update: update() });
    child.on("message", (message: unknown) => this.#receive(message));
    child.once("exit", () => this.#onExit());
    for (const window of this.#windows) this.#handPort(window);
  }

  /** Gives a loaded page its port to the engine; called again after each reload. */
  connect(window: WebContents): void {
    if (!this.#windows.has(window)) {
      this.#windows.add(window);
      window.once("destroyed", () => this.#windows.delete(window));
    }
    this.#handPort(window);
  }

  /** The bytes of a picture the engine has; null when it has none or is not running. */
  picture(hash: string): Promise<Picture> {
    const child = this.#process;
    if (child === null) return Promise.resolve(null);
    const id = this.#nextPicture++;
    return new Promise((resolve) => {
      this.#pictures.set(id, resolve);
      this.#tell(child, { kind: "picture", id, hash });
    });
  }

  /** Tells the engine what there is of a later version now. */
  tellUpdate(update: UpdaterState): void {
    if (this.#process !== null) this.#tell(this.#process, { kind: "update", update });
  }

  /** Asks the engine to close its files; resolves when its process has ended. */
  close(): Promise<void> {
    this.#closing = true;
    const child = this.#process;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once("exit", () => resolve());
      this.#tell(child, { kind: "close" });
    });
  }

  #handPort(window: WebContents): void {
    if (this.#process === null) return;
    const { port1, port2 } = new MessageChannelMain();
    const message: ToEngine = { kind: "client" };
    this.#process.postMessage(message, [port1]);
    window.postMessage(PORT_CHANNEL, null, [port2]);
  }

  #tell(child: UtilityProcess, message: ToEngine): void {
    child.postMessage(message);
  }

  #receive(message: unknown): void {
    const parsed = fromEngineSchema.safeParse(message);
    if (!parsed.success) return;
    switch (parsed.data.kind) {
      case "picture":
        this.#pictures.get(parsed.data.id)?.(parsed.data.picture);
        this.#pictures.delete(parsed.data.id);
        return;
      case "failed":
        this.#settings.onFailure(parsed.data.message);
        return;
      case "downloadUpdate":
        this.#settings.onDownloadUpdate(parsed.data.version);
        return;
      case "installUpdate":
        this.#settings.onInstallUpdate();
        return;
      case "ready":
        return;
    }
  }

  #onExit(): void {
    this.#process = null;
    for (const answer of this.#pictures.values()) answer(null);
    this.#pictures.clear();
    if (this.#closing) return;
    if (Date.now() - this.#startedAt > STABLE_AFTER_MS) this.#pauseMs = RESTART_PAUSE_MS;
    setTimeout(() => this.start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, MAX_RESTART_PAUSE_MS);
  }
}
