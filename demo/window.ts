import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beginStep } from "./progress.ts";

const DOWNLOAD_PATIENCE_MS = 180_000;

/** Whether this machine has a screen to open a window on. */
export function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (env.CI !== undefined && env.CI !== "" && env.CI !== "false") return false;
  if (platform === "win32" || platform === "darwin") return true;
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

/** Opens an address in the default browser; when that does not work, the printed address is there to be clicked. */
export function openInBrowser(address: string, platform: NodeJS.Platform): void {
  const [command, ...args] =
    platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler", address]
      : [platform === "darwin" ? "open" : "xdg-open", address];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: "ignore", detached: true });
  child.once("error", () => undefined);
  child.unref();
}

/** The Electron binary, downloaded first if need be; null where it is not to be had (no network, unknown system). */
export async function findElectron(root: string): Promise<string | null> {
  const installed = electronBinary(root);
  if (installed !== null) return installed;
  const step = beginStep("Downloading Electron for the till's window (once)");
  const status = await new Promise<number>((done) => {
    const child = spawn(process.execPath, [join(root, "node_modules", "electron", "install.js")], {
      cwd: root,
      stdio: "ignore",
      timeout: DOWNLOAD_PATIENCE_MS,
    });
    child.once("error", () => done(1));
    child.once("close", (code) => done(code ?? 1));
  });
  const binary = status === 0 ? electronBinary(root) : null;
  if (binary === null) step.done("Electron cannot be downloaded here; the till runs in the browser instead");
  else step.done();
  return binary;
}

/** Electron's package leaves the binary's place in `path.txt` once it is installed. */
function electronBinary(root: string): string | null {
  const place = join(root, "node_modules", "electron");
  const note = join(place, "path.txt");
  if (!existsSync(note)) return null;
  const binary = join(place, "dist", readFileSync(note, "utf8").trim());
  return existsSync(binary) ? binary : null;
}
