import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeElectron, type StandInProcess } from "./electron-stand-in.ts";
import { PORT_CHANNEL } from "./security.ts";

/** Starts the main program on a stand-in and waits until it has opened (or declined to). */
async function start(settings: { readonly firstInstance: boolean }) {
  const made = makeElectron(settings);
  vi.resetModules();
  vi.doMock("electron", () => made.electron);
  await import("./main.ts");
  await Promise.resolve();
  return made;
}

/** What an engine's process was told besides its start. */
function clientsOf(process: StandInProcess): unknown[] {
  expect(process.received[0]!.message).toMatchObject({ kind: "start", vaultKey: null });
  return process.received.slice(1).map((one) => one.message);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.doUnmock("electron");
});

describe("the Electron main program, on a stand-in for Electron", () => {
  it("starts only once on a machine: a second start quits and touches no journal", async () => {
    const { app, processes, windows } = await start({ firstInstance: false });
    expect(app.quits).toBe(1);
    expect(processes).toHaveLength(0);
    expect(windows).toHaveLength(0);
  });

  it("opens one sandboxed window on the till's own scheme, with the engine in its own process", async () => {
    const { app, windows, processes, schemes } = await start({ firstInstance: true });
    expect(app.sandboxed).toBe(true);
    expect(schemes).toMatchObject([{ scheme: "app", privileges: { standard: true, secure: true } }]);
    expect(windows).toHaveLength(1);
    expect(windows[0]!.loaded).toBe("app://till/");
    expect(windows[0]!.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    expect(processes).toHaveLength(1);
  });

  it("hands the two ends of one channel to engine and page, and anew after a reload", async () => {
    const { windows, processes } = await start({ firstInstance: true });
    const page = windows[0]!.webContents;
    page.emit("did-finish-load");
    page.emit("did-finish-load");
    expect(page.posted).toHaveLength(2);
    expect(clientsOf(processes[0]!)).toEqual([{ kind: "client" }, { kind: "client" }]);
    expect(page.posted[0]!.channel).toBe(PORT_CHANNEL);
    expect(page.posted[0]!.ports[0]).toMatchObject({
      end: 2,
      channel: (processes[0]!.received[1]!.ports[0] as { channel: unknown }).channel,
    });
  });

  it("starts a fallen engine again and gives the window a fresh port", async () => {
    const { windows, processes } = await start({ firstInstance: true });
    windows[0]!.webContents.emit("did-finish-load");
    processes[0]!.emit("exit", 1);
    vi.runAllTimers();
    expect(processes).toHaveLength(2);
    expect(clientsOf(processes[1]!)).toEqual([{ kind: "client" }]);
    expect(windows[0]!.webContents.posted).toHaveLength(2);
  });

  it("lets the engine close its files before it quits", async () => {
    const { app, processes } = await start({ firstInstance: true });
    const quit = {
      prevented: false,
      preventDefault: () => {
        quit.prevented = true;
      },
    };
    app.emit("before-quit", quit);
    expect(quit.prevented).toBe(true);
    expect(processes[0]!.received.at(-1)!.message).toEqual({ kind: "close" });
    processes[0]!.emit("exit", 0);
    await expect.poll(() => app.quits).toBe(1);
  });

  it("denies navigation away, new windows, webviews and every permission but the camera", async () => {
    const { windows, permissions } = await start({ firstInstance: true });
    const page = windows[0]!.webContents;
    for (const event of ["will-navigate", "will-redirect"]) {
      const away = {
        prevented: false,
        preventDefault: () => {
          away.prevented = true;
        },
      };
      page.emit(event, away, "https://elsewhere.example/");
      expect(away.prevented).toBe(true);
      const home = {
        prevented: false,
        preventDefault: () => {
          home.prevented = true;
        },
      };
      page.emit(event, home, "app://till/index.html");
      expect(home.prevented).toBe(false);
    }
    expect(page.openHandler!({ url: "app://till/" })).toEqual({ action: "deny" });
    const answers: boolean[] = [];
    const request = permissions.request as (
      contents: unknown,
      permission: string,
      answer: (yes: boolean) => void,
      details: object,
    ) => void;
    const asks = (permission: string, details: object): void =>
      request(page, permission, (yes) => answers.push(yes), { requestingUrl: "app://till/", ...details });
    asks("media", { mediaTypes: ["video"] });
    asks("media", { mediaTypes: ["video", "audio"] });
    asks("media", { mediaTypes: ["video"], requestingUrl: "https://elsewhere.example/" });
    asks("notifications", {});
    expect(answers).toEqual([true, false, false, false]);
    const check = permissions.check as (
      contents: unknown,
      permission: string,
      origin: string,
      details: object,
    ) => boolean;
    expect(check(page, "media", "app://till/", { mediaType: "video" })).toBe(true);
    expect(check(page, "media", "app://till/", { mediaType: "audio" })).toBe(false);
    expect(check(page, "usb", "app://till/", {})).toBe(false);
    expect((permissions.device as () => boolean)()).toBe(false);
  });

  it("opens the customer's window once, on the second screen, and connects it to the engine", async () => {
    const { windows, processes } = await start({ firstInstance: true });
    const page = windows[0]!.webContents;
    for (let asked = 0; asked < 2; asked += 1)
      expect(page.openHandler!({ url: "app://till/display" })).toEqual({ action: "deny" });
    expect(windows).toHaveLength(2);
    const display = windows[1]!;
    expect(display.loaded).toBe("app://till/display");
    expect(display.options).toMatchObject({
      x: 1_920,
      fullscreen: true,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false },
    });
    display.webContents.emit("did-finish-load");
    expect(clientsOf(processes[0]!)).toEqual([{ kind: "client" }]);
  });

  it("answers with the security policy on every address, refusals included", async () => {
    const { handlers } = await start({ firstInstance: true });
    const serve = handlers.get("app")!;
    for (const [url, method, status] of [
      ["app://till/..%2fsecret.json", "GET", 403],
      ["app://till/", "POST", 405],
      ["app://till/none.js", "GET", 404],
    ] as const) {
      const answer = await serve({ url, method });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    }
  });

  it("serves a picture from the engine", async () => {
    const { handlers, processes } = await start({ firstInstance: true });
    const hash = "cd".repeat(32);
    const asked = handlers.get("app")!({ url: `app://till/pictures/${hash}`, method: "GET" });
    const question = processes[0]!.received.at(-1)!.message as { id: number };
    processes[0]!.emit("message", {
      kind: "picture",
      id: question.id,
      picture: { mime: "image/svg+xml", bytes: "PHN2Zy8+" },
    });
    const answer = await asked;
    expect(answer.headers.get("Content-Type")).toBe("image/svg+xml");
    expect(await answer.text()).toBe("<svg/>");
  });

  it("has no updater without a feed: the till is told so", async () => {
    const { processes } = await start({ firstInstance: true });
    expect(processes[0]!.received[0]!.message).toMatchObject({ version: "0.3.0", update: null });
  });

  describe("with a feed of versions", () => {
    beforeEach(() => vi.stubEnv("ONETILL_UPDATE_FEED", "https://updates.example"));
    afterEach(() => vi.unstubAllEnvs());

    it("fetches what the engine asks for and tells it, also an engine that was started again", async () => {
      const { processes, autoUpdater } = await start({ firstInstance: true });
      expect(processes[0]!.received[0]!.message).toMatchObject({ update: { state: "none" } });
      processes[0]!.emit("message", { kind: "downloadUpdate", version: "0.4.0" });
      expect(autoUpdater.feeds).toEqual([
        `https://updates.example/${process.platform}-${process.arch}/0.4.0`,
      ]);
      autoUpdater.emit("update-downloaded");
      const update = { state: "downloaded", version: "0.4.0" };
      expect(processes[0]!.received.at(-1)!.message).toEqual({ kind: "update", update });
      processes[0]!.emit("exit", 1);
      vi.runAllTimers();
      expect(processes[1]!.received[0]!.message).toMatchObject({ kind: "start", update });
    });

    it("lets the engine close its files before it installs", async () => {
      const { processes, autoUpdater } = await start({ firstInstance: true });
      processes[0]!.emit("message", { kind: "installUpdate" });
      expect(processes[0]!.received.at(-1)!.message).toEqual({ kind: "close" });
      expect(autoUpdater.installs).toBe(0);
      processes[0]!.emit("exit", 0);
      await expect.poll(() => autoUpdater.installs).toBe(1);
    });

    it("comes back as it was when installing fails", async () => {
      vi.spyOn(console, "error").mockImplementation(() => undefined);
      const { app, processes, autoUpdater } = await start({ firstInstance: true });
      autoUpdater.isBroken = true;
      processes[0]!.emit("message", { kind: "installUpdate" });
      processes[0]!.emit("exit", 0);
      await expect.poll(() => app.quits).toBe(1);
      expect(app.relaunches).toBe(1);
    });
  });
});
