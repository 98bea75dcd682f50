import { EventEmitter } from "node:events";

/**
 * Stands in for the `electron` module where its binary is not installed: it records what the programs ask of Electron so that tests can
 * read it. It proves wiring and order, never that Electron behaves so.
 */

export class StandInWebContents extends EventEmitter {
  readonly posted: { readonly channel: string; readonly ports: readonly unknown[] }[] = [];
  openHandler: ((details: { url: string }) => { action: string }) | null = null;

  postMessage(channel: string, _message: unknown, ports: readonly unknown[]): void {
    this.posted.push({ channel, ports });
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export class StandInProcess extends EventEmitter {
  readonly received: { readonly message: unknown; readonly ports: readonly unknown[] }[] = [];

  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.received.push({ message, ports });
  }
}

export class StandInUpdater extends EventEmitter {
  readonly feeds: string[] = [];
  installs = 0;
  /** Whether installing throws. */
  isBroken = false;

  setFeedURL({ url }: { readonly url: string }): void {
    this.feeds.push(url);
  }

  checkForUpdates(): void {}

  quitAndInstall(): void {
    if (this.isBroken) throw new Error("the file is damaged");
    this.installs += 1;
  }
}

type Serve = (request: { url: string; method: string }) => Promise<Response>;

export interface StandInApp extends EventEmitter {
  quits: number;
  relaunches: number;
  sandboxed: boolean;
}

export interface StandInWindow {
  readonly options: WindowOptions;
  readonly webContents: StandInWebContents;
  loaded: string | null;
}

/** The stand-in and what the programs did to it. */
export interface StandIn {
  readonly electron: object;
  readonly app: StandInApp;
  readonly autoUpdater: StandInUpdater;
  readonly windows: readonly StandInWindow[];
  readonly processes: readonly StandInProcess[];
  readonly schemes: readonly { scheme: string; privileges: Readonly<Record<string, unknown>> }[];
  readonly handlers: ReadonlyMap<string, Serve>;
  readonly permissions: { request: unknown; check: unknown; device: unknown };
}

interface WindowOptions {
  readonly webPreferences: Readonly<Record<string, unknown>>;
}

/** A fresh Electron: what `vi.mock("electron")` hands to the programs, and what happened to it. */
export function makeElectron(settings: { readonly firstInstance: boolean }): StandIn {
  const app = Object.assign(new EventEmitter(), {
    quits: 0,
    relaunches: 0,
    sandboxed: false,
    requestSingleInstanceLock: () => settings.firstInstance,
    enableSandbox: () => {
      app.sandboxed = true;
    },
    whenReady: () => Promise.resolve(),
    getPath: () => "/user-data",
    getVersion: () => "0.3.0",
    relaunch: () => {
      app.relaunches += 1;
    },
    quit: () => {
      app.quits += 1;
    },
  });
  const windows: {
    readonly options: WindowOptions;
    readonly webContents: StandInWebContents;
    loaded: string | null;
  }[] = [];
  const processes: StandInProcess[] = [];
  const schemes: { scheme: string; privileges: Readonly<Record<string, unknown>> }[] = [];
  const handlers = new Map<string, (request: { url: string; method: string }) => Promise<Response>>();
  const permissions: { request: unknown; check: unknown; device: unknown } = {
    request: null,
    check: null,
    device: null,
  };

  class BrowserWindow extends EventEmitter {
    readonly options: WindowOptions;
    readonly webContents = new StandInWebContents();
    loaded: string | null = null;

    constructor(options: WindowOptions) {
      super();
      this.options = options;
      windows.push(this);
      app.emit("web-contents-created", {}, this.webContents);
    }

    loadURL(address: string): Promise<void> {
      this.loaded = address;
      return Promise.resolve();
    }

    show(): void {}
    focus(): void {}
    restore(): void {}
    isMinimized(): boolean {
      return false;
    }
  }

  class MessageChannelMain {
    readonly port1 = { end: 1, channel: this };
    readonly port2 = { end: 2, channel: this };
  }

  const autoUpdater = new StandInUpdater();
  const electron = {
    app,
    autoUpdater,
    BrowserWindow,
    MessageChannelMain,
    Menu: { setApplicationMenu: () => undefined },
    safeStorage: {
      isEncryptionAvailable: () => false,
      encryptString: (text: string) => Buffer.from(text),
      decryptString: (bytes: Buffer) => bytes.toString("utf8"),
    },
    screen: {
      getPrimaryDisplay: () => ({ id: 1 }),
      getAllDisplays: () => [
        { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 } },
        { id: 2, bounds: { x: 1920, y: 0, width: 1024, height: 768 } },
      ],
    },
    dialog: { showErrorBox: () => undefined },
    protocol: {
      registerSchemesAsPrivileged: (list: typeof schemes) => schemes.push(...list),
      handle: (scheme: string, handler: (request: { url: string; method: string }) => Promise<Response>) =>
        handlers.set(scheme, handler),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: unknown) => {
          permissions.request = handler;
        },
        setPermissionCheckHandler: (handler: unknown) => {
          permissions.check = handler;
        },
        setDevicePermissionHandler: (handler: unknown) => {
          permissions.device = handler;
        },
      },
    },
    utilityProcess: {
      fork: () => {
        const child = new StandInProcess();
        processes.push(child);
        return child;
      },
    },
  };
  return { electron, app, autoUpdater, windows, processes, schemes, handlers, permissions };
}
