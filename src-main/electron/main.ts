import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  app,
  autoUpdater,
  BrowserWindow,
  type BrowserWindowConstructorOptions,
  dialog,
  Menu,
  protocol,
  safeStorage,
  screen,
  session,
} from "electron";
import { readAddress } from "./app-protocol.ts";
import { readTillArguments } from "./arguments.ts";
import { EngineHost } from "./engine-host.ts";
import {
  APP_ORIGIN,
  APP_SCHEME,
  DISPLAY_ADDRESS,
  isInsideTill,
  isPermitted,
  RESPONSE_HEADERS,
  SCHEME_PRIVILEGES,
  WEB_PREFERENCES,
} from "./security.ts";
import { readFeed, Updates } from "./updates.ts";
import { loadVaultKey } from "./vault-key.ts";

const programs = import.meta.dirname;
const rendererRoot = join(programs, "..", "renderer");

protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: SCHEME_PRIVILEGES }]);

// Two engines on one journal would fork it; the second start only brings the first window to the front.
if (app.requestSingleInstanceLock()) {
  app.enableSandbox();
  void app.whenReady().then(open);
} else {
  app.quit();
}

function open(): void {
  const { data, pairing } = readTillArguments(process.argv);
  const dataDir = data ?? join(app.getPath("userData"), "till");
  const feed = readFeed(process.env.ONETILL_UPDATE_FEED);
  const updates =
    feed === null
      ? null
      : new Updates({
          autoUpdater,
          feed,
          platform: `${process.platform}-${process.arch}`,
          onState: (state) => engine.tellUpdate(state),
        });
  const engine = new EngineHost({
    version: app.getVersion(),
    update: () => updates?.state ?? null,
    onDownloadUpdate: (version) => updates?.download(version),
    onInstallUpdate: () => void quitting.install(),
    modulePath: join(programs, "engine-process.mjs"),
    dataDir,
    vaultKey: loadVaultKey(join(dataDir, "vault.key"), safeStorage),
    pairing,
    onFailure: (message) => dialog.showErrorBox("Onetill", message),
  });
  Menu.setApplicationMenu(null);
  limitPermissions();
  serveTill(engine);
  app.on("web-contents-created", (_event, contents) => {
    contents.on("will-navigate", (event, address) => {
      if (!isInsideTill(address)) event.preventDefault();
    });
    contents.on("will-redirect", (event, address) => {
      if (!isInsideTill(address)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (url === DISPLAY_ADDRESS) showDisplay();
      return { action: "deny" };
    });
  });
  const showDisplay = displayOpener(engine);
  engine.start();
  const window = openWindow(engine);
  app.on("second-instance", () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  const quitting = closeEngineBeforeQuitting(engine);
}

function openWindow(engine: EngineHost): BrowserWindow {
  const window = tillWindow(engine, `${APP_ORIGIN}/`, {
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
  });
  window.once("ready-to-show", () => window.show());
  return window;
}

/** A window on a page of the till, connected to the engine at each load. */
function tillWindow(
  engine: EngineHost,
  address: string,
  looks: Omit<BrowserWindowConstructorOptions, "webPreferences">,
): BrowserWindow {
  const window = new BrowserWindow({
    ...looks,
    title: "Onetill",
    webPreferences: { ...WEB_PREFERENCES, preload: join(programs, "preload.cjs") },
  });
  window.webContents.on("did-finish-load", () => engine.connect(window.webContents));
  void window.loadURL(address);
  return window;
}

/** What opens the customer's window, or brings it to the front: on the second screen where there is one. */
function displayOpener(engine: EngineHost): () => void {
  let display: BrowserWindow | null = null;
  return () => {
    if (display !== null) {
      display.focus();
      return;
    }
    const primary = screen.getPrimaryDisplay().id;
    const second = screen.getAllDisplays().find(({ id }) => id !== primary);
    display = tillWindow(engine, DISPLAY_ADDRESS, {
      ...(second === undefined ? { width: 1024, height: 768 } : second.bounds),
      fullscreen: second !== undefined,
    });
    display.once("closed", () => {
      display = null;
    });
  };
}

function limitPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, asked) =>
    answer(
      isPermitted(permission, {
        origin: asked.requestingUrl,
        media: "mediaTypes" in asked ? (asked.mediaTypes ?? []) : [],
      }),
    ),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
    isPermitted(permission, { origin, media: mediaType === undefined ? [] : [mediaType] }),
  );
  session.defaultSession.setDevicePermissionHandler(() => false);
}

function serveTill(engine: EngineHost): void {
  protocol.handle(APP_SCHEME, async (request) => {
    if (request.method !== "GET") return refusal(405);
    const asked = readAddress(request.url, rendererRoot);
    switch (asked.kind) {
      case "refused":
        return refusal(asked.status);
      case "picture": {
        const picture = await engine.picture(asked.hash);
        if (picture === null) return refusal(404);
        return answer(Buffer.from(picture.bytes, "base64"), picture.mime);
      }
      case "file":
        try {
          return answer(await readFile(asked.path), asked.mime);
        } catch {
          return refusal(404);
        }
    }
  });
}

function answer(body: Buffer, mime: string): Response {
  return new Response(new Uint8Array(body), { headers: { ...RESPONSE_HEADERS, "Content-Type": mime } });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: RESPONSE_HEADERS });
}

function closeEngineBeforeQuitting(engine: EngineHost): { install(): Promise<void> } {
  let closed = false;
  app.on("window-all-closed", () => app.quit());
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    void engine.close().then(() => {
      closed = true;
      app.quit();
    });
  });
  return {
    async install() {
      await engine.close();
      closed = true;
      try {
        autoUpdater.quitAndInstall();
      } catch (error) {
        console.error("the update cannot be installed:", error);
        // The engine is closed: the till comes back as it was, and knows that it has tried.
        app.relaunch();
        app.quit();
      }
    },
  };
}
