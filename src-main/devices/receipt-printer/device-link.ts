import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import type { Link, LinkPatience, PrinterWire } from "./link.ts";
import type { PrinterAnswer } from "./status-bytes.ts";

/** Between two looks at a port that is busy, milliseconds. */
const LOOK_AGAIN_MS = 10;
const READ_BYTES = 64;

/** What the system says of a port, as the till says it. */
const TROUBLES: Readonly<Record<string, PrinterTrouble>> = {
  EACCES: "notAllowed",
  EPERM: "notAllowed",
  // How the system's USB printer driver says that there is no paper.
  ENOSPC: "outOfPaper",
};

/** What is done with an open port besides writing to it. Each resolves with what went wrong, or null. */
export interface PortCare {
  /** Before anything is written. */
  readonly begin?: (path: string, signal: AbortSignal) => Promise<PrinterTrouble | null>;
  /** After all is written: resolves when the last byte has left the machine. */
  readonly drain?: (path: string, signal: AbortSignal) => Promise<PrinterTrouble | null>;
}

/**
 * A printer behind a device file (`/dev/usb/lp0`, `/dev/ttyUSB0`) or a shared printer of Windows (`\\machine\name`). Never waits inside the system: a port that
 * takes nothing is looked at again until the patience is over, so that a printer that hangs holds up nothing else.
 */
export function deviceLink(path: string, care: PortCare = {}): Link {
  return {
    async open({ connectMs }: LinkPatience, signal) {
      const opened = await openPort(path);
      if (!opened.ok) return opened;
      const trouble = (await care.begin?.(path, within(connectMs, signal))) ?? null;
      if (trouble === null) return ok(wireOf({ path, port: opened.value, care, signal }));
      await opened.value.close();
      return refused(trouble);
    },
  };
}

function within(waitMs: number, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
}

/** For reading too where the port can; one that cannot is still printed to. */
async function openPort(path: string): Promise<Result<FileHandle, PrinterTrouble>> {
  const { O_RDWR, O_WRONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  const common = process.platform === "win32" ? 0 : O_NONBLOCK | O_NOCTTY;
  let trouble: PrinterTrouble = "unreachable";
  for (const way of [O_RDWR, O_WRONLY]) {
    try {
      const port = await open(path, way | common);
      if (await isPort(path, port)) return ok(port);
      await port.close();
      return refused("notAllowed");
    } catch (error) {
      trouble = TROUBLES[codeOf(error)] ?? "unreachable";
    }
  }
  return refused(trouble);
}

/** A file that is no port is somebody's data: nothing is ever written into it, whatever was typed in set-up. */
async function isPort(path: string, port: FileHandle): Promise<boolean> {
  if (process.platform === "win32") return path.startsWith("\\\\");
  return (await port.stat()).isCharacterDevice();
}

interface OpenPort {
  readonly path: string;
  readonly port: FileHandle;
  readonly care: PortCare;
  readonly signal: AbortSignal;
}

function wireOf(open: OpenPort): PrinterWire {
  return {
    ask: (request, waitMs) => ask(open, request, waitMs),
    async deliver(bytes, waitMs) {
      const signal = within(waitMs, open.signal);
      const written = await write(open.port, bytes, signal);
      const left = written ?? (await open.care.drain?.(open.path, signal)) ?? null;
      if (left === null) return ok(null);
      return refused(signal.aborted && !open.signal.aborted ? "timeout" : left);
    },
    close: () => open.port.close().catch(() => undefined),
  };
}

/** Answers what kept the bytes from being taken; null: they all were. */
async function write(
  port: FileHandle,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<PrinterTrouble | null> {
  let taken = 0;
  while (taken < bytes.length) {
    if (signal.aborted) return "connectionLost";
    try {
      taken += (await port.write(bytes, taken)).bytesWritten;
    } catch (error) {
      if (codeOf(error) !== "EAGAIN") return TROUBLES[codeOf(error)] ?? "connectionLost";
      await pause(LOOK_AGAIN_MS);
    }
  }
  return null;
}

async function ask({ port, signal }: OpenPort, request: Uint8Array, waitMs: number): Promise<PrinterAnswer> {
  const until = within(waitMs, signal);
  // What waits unread is an answer to nobody.
  await read(port);
  if ((await write(port, request, until)) !== null) return until.aborted ? "silent" : "closed";
  while (!until.aborted) {
    const answer = await read(port);
    if (answer === "closed") return answer;
    if (answer !== "silent") return answer;
    await pause(LOOK_AGAIN_MS);
  }
  return "silent";
}

async function read(port: FileHandle): Promise<PrinterAnswer> {
  try {
    const { bytesRead, buffer } = await port.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, null);
    return bytesRead === 0 ? "silent" : buffer.subarray(0, bytesRead);
  } catch (error) {
    // A port for writing only has nothing to say.
    return ["EAGAIN", "EBADF", "EINVAL"].includes(codeOf(error)) ? "silent" : "closed";
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
