import { spawn } from "node:child_process";
import { join } from "node:path";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { directionsFor } from "./directions.ts";
import { askPairingCode, awaitServer, deathOf, type Headquarters } from "./hq.ts";
import type { Options } from "./options.ts";
import { requireFreePort } from "./ports.ts";
import { type Program, startProgram, watchProgram } from "./program.ts";
import { beginStep } from "./progress.ts";
import { buildScreens } from "./screens.ts";
import { awaitTillAddress } from "./till.ts";
import { findElectron, hasScreen, openInBrowser } from "./window.ts";

/** As `npm run server` has them. */
const SERVER_FLAGS = ["--max-semi-space-size=8", "--initial-old-space-size=64"] as const;
/** As `npm run till` has them. */
const TILL_FLAGS = ["--max-semi-space-size=4"] as const;
/** The store whose till the demo opens. */
const STORE = "BER1";

type OpenTill =
  | { readonly kind: "address"; readonly program: Program; readonly address: string }
  | { readonly kind: "window"; readonly program: Program; readonly pairing: string };

/** One run of the demo: the programs it started, and the folder they write to. */
export class DemoRun {
  readonly #root: string;
  readonly #options: Options;
  #folder: DataFolder | null = null;
  #server: Program | null = null;
  #till: Program | null = null;
  #stopped: Promise<void> | null = null;
  readonly #fail: (error: Error) => void;
  /** Rejects when a program ends that nobody asked to; resolves when the till's window was closed. */
  readonly over: Promise<void>;
  readonly #finish: () => void;

  constructor(root: string, options: Options) {
    this.#root = root;
    this.#options = options;
    let finish: () => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    this.over = new Promise((settle, refuse) => {
      finish = settle;
      fail = refuse;
    });
    this.#finish = finish;
    this.#fail = fail;
  }

  /** Starts everything and prints the directions. Throws a Trouble when something is in the way. */
  async open(): Promise<void> {
    const { serverPort, tillPort, dataDir, reset } = this.#options;
    await requireFreePort(serverPort);
    await requireFreePort(tillPort);
    this.#folder = takeDataFolder({
      path: dataDir,
      reset,
      serverPort,
      say: (line) => console.log(`  ${line}`),
    });
    const electron = await this.#electron();
    await buildScreens(
      this.#root,
      electron === null ? ["renderer", "console"] : ["renderer", "console", "electron", "electron-preload"],
    );
    const hq = await this.#startServer();
    const till = electron === null ? await this.#startRegister(hq) : await this.#startWindow(electron, hq);
    this.#till = till.program;
    this.#watch(till.program, till.kind === "window");
    const signIn = hq.sheet?.signIn ?? null;
    const page = `${hq.address}/console/${signIn === null ? "" : `#signIn=${signIn}`}`;
    console.log(
      directionsFor({
        sheet: hq.sheet,
        store: STORE,
        till,
        console: page,
        shop: hq.sheet === null ? null : `${hq.address}/demo-shop/`,
        server: hq.address,
        dataDir,
        interactive: process.stdin.isTTY,
      }),
    );
    if (till.kind === "address" && this.#mayOpen()) openInBrowser(till.address, process.platform);
  }

  /** Takes the server down while the till sells on, or brings it back. */
  async toggleServer(): Promise<void> {
    if (this.#server === null) {
      await this.#startServer();
      console.log("  The server is back: the till sends what it sold meanwhile.");
      return;
    }
    const server = this.#server;
    this.#server = null;
    await server.stop();
    console.log("  The server is down: the till sells on. Type o and Enter to bring it back.");
  }

  /** Ends the till, then the server, and lets go of the folder. Asking again waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= (async () => {
      await this.#till?.stop();
      await this.#server?.stop();
      this.#folder?.release();
    })();
    return this.#stopped;
  }

  get isStopping(): boolean {
    return this.#stopped !== null;
  }

  async #electron(): Promise<string | null> {
    return !this.#options.browser && this.#mayOpen() ? findElectron(this.#root) : null;
  }

  #mayOpen(): boolean {
    return this.#options.open && hasScreen(process.env, process.platform);
  }

  #watch(program: Program, mayEnd = false): void {
    void program.ended.then((how) => {
      if (program.wasStopped()) return;
      if (mayEnd && how === "exit status 0") this.#finish();
      else this.#fail(deathOf(program, how));
    });
  }

  async #startServer(): Promise<Headquarters> {
    const { serverPort, dataDir, databaseUrl } = this.#options;
    const step = beginStep("Starting the server and its demo shop");
    const server = startProgram({
      name: "The server",
      root: this.#root,
      args: [
        ...SERVER_FLAGS,
        "sync-server/main.ts",
        "--data",
        join(dataDir, "server"),
        "--port",
        String(serverPort),
        "--demo",
        "--demo-orders",
      ],
      // Other users of this machine see command lines: a password may stand in it.
      ...(databaseUrl === null ? {} : { env: { ONETILL_DATABASE_URL: databaseUrl } }),
      logFile: join(dataDir, "server.log"),
      onLine: (line) => step.detail(line),
    });
    this.#server = server;
    const hq = await step.during(
      awaitServer(server, { address: `http://127.0.0.1:${serverPort}`, dataDir: join(dataDir, "server") }),
    );
    step.done("The server is up");
    this.#watch(server);
    return hq;
  }

  async #startRegister(hq: Headquarters): Promise<OpenTill> {
    const { tillPort, dataDir } = this.#options;
    const step = beginStep("Starting the till");
    const { code } = await step.during(askPairingCode(hq, STORE));
    const program = startProgram({
      name: "The till",
      root: this.#root,
      args: [
        ...[...TILL_FLAGS, "src-main/browser/main.ts", "--server", hq.address, "--pair", code],
        ...["--data", join(dataDir, "till"), "--port", String(tillPort)],
      ],
      logFile: join(dataDir, "till.log"),
      onLine: (line) => step.detail(line),
    });
    this.#till = program;
    const address = await step.during(awaitTillAddress(program, tillPort));
    step.done("The till is up");
    return { kind: "address", program, address };
  }

  async #startWindow(binary: string, hq: Headquarters): Promise<OpenTill> {
    const { dataDir } = this.#options;
    const { code } = await askPairingCode(hq, STORE);
    const main = join(this.#root, "dist", "electron", "main.mjs");
    const own = [`--data=${join(dataDir, "till")}`, `--server=${hq.address}`, `--pair=${code}`];
    const child = spawn(binary, [main, `--user-data-dir=${join(dataDir, "electron")}`, ...own], {
      cwd: this.#root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const logFile = join(dataDir, "till.log");
    const program = watchProgram(child, { name: "The till", logFile, onLine: () => undefined });
    return { kind: "window", program, pairing: code };
  }
}
