import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { type DataFolder, takeDataFolder } from "./data-folder.ts";
import { directionsFor } from "./directions.ts";
import { askPairingCode, awaitServer, deathOf, type Headquarters } from "./hq.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { requireFreePort } from "./ports.ts";
import { type Program, startProgram, watchProgram } from "./program.ts";
import { beginStep } from "./progress.ts";
import { buildScreens } from "./screens.ts";
import { awaitTillAddress } from "./till.ts";
import { Trouble } from "./trouble.ts";
import { findElectron, hasScreen, openInBrowser } from "./window.ts";

const root = resolve(import.meta.dirname, "..");
const STORE = "BER1";

/** What is running, in the order it was started; stopped in the opposite order. */
const running: Program[] = [];
let folder: DataFolder | null = null;
let stopping: Promise<void> | null = null;

function stopAll(): Promise<void> {
  stopping ??= (async () => {
    for (const program of [...running].reverse()) await program.stop();
    folder?.release();
  })();
  return stopping;
}

async function run(options: Options): Promise<void> {
  await requireFreePort(options.serverPort);
  await requireFreePort(options.tillPort);
  folder = takeDataFolder({
    path: options.dataDir,
    reset: options.reset,
    say: (line) => console.log(`  ${line}`),
  });
  const electron = await electronFor(options);
  await buildScreens(root, electron === null ? ["renderer", "console"] : ["renderer", "console", "electron"]);
  const hq = await startServer(options);
  const till =
    electron === null ? await startRegister(options, hq) : await startWindow(electron, options, hq);
  const consoleAddress = `${hq.address}/console/#key=${hq.key}`;
  console.log(
    directionsFor({
      sheet: hq.sheet,
      store: STORE,
      till,
      console: consoleAddress,
      server: hq.address,
      dataDir: options.dataDir,
    }),
  );
  if (till.kind === "address" && options.open && hasScreen(process.env, process.platform)) {
    openInBrowser(till.address, process.platform);
  }
  const { program, how } = await Promise.race(
    running.map(async (one) => ({ program: one, how: await one.ended })),
  );
  if (stopping === null && !(till.kind === "window" && program.name === "The till"))
    throw deathOf(program, how);
}

async function electronFor({ open, browser }: Options): Promise<string | null> {
  return open && !browser && hasScreen(process.env, process.platform) ? findElectron(root) : null;
}

async function startServer({ serverPort, dataDir }: Options): Promise<Headquarters> {
  const step = beginStep("Starting the server and its demo shop");
  const server = startProgram({
    name: "The server",
    root,
    args: ["sync-server/main.ts", "--data", join(dataDir, "server"), "--port", String(serverPort), "--demo"],
    logFile: join(dataDir, "server.log"),
    onLine: (line) => step.detail(line),
  });
  running.push(server);
  const address = `http://127.0.0.1:${serverPort}`;
  try {
    const hq = await awaitServer(server, { address, dataDir: join(dataDir, "server") });
    step.done("Server is up");
    return hq;
  } catch (error) {
    step.failed();
    throw error;
  }
}

async function startRegister(
  options: Options,
  hq: Headquarters,
): Promise<{ kind: "address"; address: string }> {
  const step = beginStep("Starting the till and its first sync");
  try {
    const { code } = await askPairingCode(hq, STORE);
    const program = startProgram({
      name: "The till",
      root,
      args: [
        ...["src-main/browser/main.ts", "--server", hq.address, "--pair", code],
        ...["--data", join(options.dataDir, "till"), "--port", String(options.tillPort)],
      ],
      logFile: join(options.dataDir, "till.log"),
      onLine: (line) => step.detail(line),
    });
    running.push(program);
    const address = await awaitTillAddress(program, options.tillPort);
    step.done("Till is up");
    return { kind: "address", address };
  } catch (error) {
    step.failed();
    throw error;
  }
}

async function startWindow(
  binary: string,
  { dataDir }: Options,
  hq: Headquarters,
): Promise<{ kind: "window"; pairing: string }> {
  const { code } = await askPairingCode(hq, STORE);
  const child = spawn(
    binary,
    [join(root, "dist", "electron", "main.cjs"), `--user-data-dir=${join(dataDir, "electron")}`],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  running.push(
    watchProgram(child, { name: "The till", logFile: join(dataDir, "till.log"), onLine: () => undefined }),
  );
  return { kind: "window", pairing: code };
}

async function main(): Promise<void> {
  const reading = readOptions(process.argv.slice(2), process.cwd());
  if (reading.kind === "help") return console.log(HELP);
  if (reading.kind === "wrong")
    throw new Trouble(`${reading.message}\nnpm start -- --help shows what there is.`);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (stopping === null) console.log("\n  Stopping …");
      void stopAll().then(() => process.exit(0));
    });
  }
  await run(reading.options);
}

try {
  await main();
  await stopAll();
} catch (error) {
  // While Ctrl-C is taking everything down, what fails on the way is no news.
  if (stopping === null) {
    process.exitCode = 1;
    console.error(
      `\n${error instanceof Trouble ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
  }
  await stopAll();
}
