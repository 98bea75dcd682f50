import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Program } from "./program.ts";
import { runFolder } from "./run-folder.ts";

const template = join(runFolder, "demo");

/** A server's data folder with the demo's shop in it, made once per run and copied for each test. */
export async function demoTemplate(): Promise<string> {
  if (existsSync(template)) return template;
  const making = `${template}-${process.pid}`;
  await mkdir(making, { recursive: true });
  const server = new Program("sync-server/main.ts", ["--data", making, "--port", "0", "--demo"]);
  await server.printed(/listening on/);
  await server.stop();
  try {
    await rename(making, template);
  } catch {
    // The other worker was quicker.
    await rm(making, { recursive: true, force: true });
  }
  return template;
}
