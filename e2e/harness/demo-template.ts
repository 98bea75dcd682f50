import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { builtProgram } from "./built-programs.ts";
import { Program } from "./program.ts";
import { folderOf } from "./run-folder.ts";

const templateOf = (run: number): string => join(folderOf(run), "demo");

/** A server's data folder with the demo's shop in it, to be copied for each test. */
export const demoTemplate = templateOf(process.ppid);

/** Playwright calls this in the run's first process, before the first test: none of them pays for it with its own time. */
// biome-ignore lint/style/noDefaultExport: Playwright takes what begins a run from there
export default async function makeDemoTemplate(): Promise<void> {
  const folder = templateOf(process.pid);
  await mkdir(folder, { recursive: true });
  const server = new Program(builtProgram("server"), ["--data", folder, "--port", "0", "--demo"]);
  await server.printed(/listening on/);
  await server.stop();
}
