import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { ok, type Result, refused } from "#domain/result.ts";
import type { CounterLink } from "#protocol/till/counter.ts";
import type { LineTrouble, OpenLine } from "./open-line.ts";

type Serial = Extract<CounterLink, { readonly kind: "serial" }>;

/** Between two looks at a quiet port, milliseconds: a scan is heard before a hand could type it. */
const LOOK_EVERY_MS = 15;
const READ_BYTES = 4_096;

/** Opens a serial port for reading and writing. Never waits inside the system, so that a dead device holds up nothing else. */
export async function openSerial(
  link: Serial,
  onBytes: (bytes: Uint8Array) => void,
): Promise<Result<OpenLine, LineTrouble>> {
  const { O_RDWR, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  let port: FileHandle;
  try {
    port = await open(link.path, O_RDWR | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    return refused(["EACCES", "EPERM"].includes(codeOf(error)) ? "notAllowed" : "unreachable");
  }
  // A file that is no port is somebody's data: nothing is ever written into it.
  if (!(await port.stat()).isCharacterDevice() || !(await isSet(link))) {
    await port.close();
    return refused("unreachable");
  }
  return ok(lineOf(port, onBytes));
}

/** The arguments of `stty` that set a line to a speed and frame and pass every byte on as it is. */
export function sttyArguments({ path, baud, frame }: Serial, platform: NodeJS.Platform): readonly string[] {
  const bits = frame.startsWith("8") ? "cs8" : "cs7";
  const parity = { "8N1": ["-parenb"], "7E1": ["parenb", "-parodd"], "7O1": ["parenb", "parodd"] }[frame];
  // `raw` sets eight bits without parity on some systems: the frame comes after it.
  const flow = ["-cstopb", "-crtscts", "-ixon", "clocal"];
  return [platform === "darwin" ? "-f" : "-F", path, String(baud), "raw", "-echo", bits, ...parity, ...flow];
}

function isSet(link: Serial): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn("stty", [...sttyArguments(link, process.platform)], { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("close", (status) => resolve(status === 0));
  });
}

function lineOf(port: FileHandle, onBytes: (bytes: Uint8Array) => void): OpenLine {
  let closing = false;
  const ended = (async () => {
    while (!closing) {
      const bytes = await read(port);
      if (bytes === null) break;
      if (bytes.length > 0) onBytes(bytes);
      else await pause(LOOK_EVERY_MS);
    }
    await port.close().catch(() => undefined);
  })();
  return {
    ended,
    write: async (bytes) => !closing && (await isWritten(port, bytes, () => closing)),
    close() {
      closing = true;
      return ended;
    },
  };
}

/** Empty: nothing came; null: the device is gone. */
async function read(port: FileHandle): Promise<Uint8Array | null> {
  try {
    const { bytesRead, buffer } = await port.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, null);
    return bytesRead === 0 ? null : buffer.subarray(0, bytesRead);
  } catch (error) {
    return codeOf(error) === "EAGAIN" ? new Uint8Array() : null;
  }
}

async function isWritten(port: FileHandle, bytes: Uint8Array, isOver: () => boolean): Promise<boolean> {
  let taken = 0;
  while (taken < bytes.length) {
    if (isOver()) return false;
    try {
      taken += (await port.write(bytes, taken)).bytesWritten;
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") return false;
      await pause(LOOK_EVERY_MS);
    }
  }
  return true;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
