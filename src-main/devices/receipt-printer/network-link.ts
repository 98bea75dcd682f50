import { connect, type Socket } from "node:net";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterSetup, PrinterTrouble } from "./port.ts";

/** How long each step may take, milliseconds. */
export interface LinkPatience {
  readonly connectMs: number;
  /** For the answer to a status request. Printers that know none stay silent and are trusted. */
  readonly statusMs: number;
  /** For all bytes of a receipt to be taken. */
  readonly printMs: number;
}

/** DLE EOT 2 (what keeps it offline) and DLE EOT 4 (paper sensor): answered at once, before what waits in the buffer. */
const ASK_OFFLINE_CAUSE = Buffer.from([0x10, 0x04, 0x02]);
const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);
/** Every status byte has these bits: 0xx1xx10. */
const STATUS_MASK = 0x93;
const STATUS_MARK = 0x12;
const COVER_OPEN_BIT = 0x04;
const PAPER_END_BITS = 0x60;

/** Takes one receipt to a network printer (raw TCP, port 9100 as a rule) on a connection of its own. */
export async function sendToPrinter({
  setup,
  bytes,
  patience,
  signal,
}: {
  readonly setup: PrinterSetup;
  readonly bytes: Uint8Array;
  readonly patience: LinkPatience;
  readonly signal: AbortSignal;
}): Promise<Result<null, PrinterTrouble>> {
  const opened = await open(setup, patience.connectMs, signal);
  if (!opened.ok) return opened;
  const socket = opened.value;
  try {
    const trouble = await troubleOf(socket, patience.statusMs);
    return trouble === null ? await deliver(socket, bytes, patience.printMs) : refused(trouble);
  } finally {
    socket.destroy();
  }
}

function open(
  { host, port }: PrinterSetup,
  waitMs: number,
  signal: AbortSignal,
): Promise<Result<Socket, PrinterTrouble>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal });
    socket.setNoDelay(true);
    const timer = setTimeout(() => give(refused("unreachable")), waitMs);
    const give = (result: Result<Socket, PrinterTrouble>): void => {
      clearTimeout(timer);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => give(ok(socket)));
    // Stays on for the socket's life: an error nobody listens to would end the process.
    socket.on("error", () => give(refused("unreachable")));
  });
}

async function troubleOf(socket: Socket, waitMs: number): Promise<PrinterTrouble | null> {
  const offline = await ask(socket, ASK_OFFLINE_CAUSE, waitMs);
  if (offline === "closed") return "connectionLost";
  if (offline === "silent") return null;
  if ((offline & COVER_OPEN_BIT) !== 0) return "coverOpen";
  const paper = await ask(socket, ASK_PAPER, waitMs);
  if (paper === "closed") return "connectionLost";
  return paper !== "silent" && (paper & PAPER_END_BITS) === PAPER_END_BITS ? "outOfPaper" : null;
}

/** The status byte that answers a request. */
function ask(socket: Socket, request: Buffer, waitMs: number): Promise<number | "silent" | "closed"> {
  return new Promise((resolve) => {
    const give = (answer: number | "silent" | "closed"): void => {
      clearTimeout(timer);
      socket.off("data", onData);
      socket.off("close", onClose);
      resolve(answer);
    };
    const onData = (data: Buffer): void => {
      const status = data.find((byte) => (byte & STATUS_MASK) === STATUS_MARK);
      if (status !== undefined) give(status);
    };
    const onClose = (): void => give("closed");
    const timer = setTimeout(() => give("silent"), waitMs);
    socket.on("data", onData);
    socket.once("close", onClose);
    if (socket.destroyed) give("closed");
    else socket.write(request);
  });
}

/** Delivered when the printer has taken all bytes and said goodbye, which it does after the last of them. */
function deliver(socket: Socket, bytes: Uint8Array, waitMs: number): Promise<Result<null, PrinterTrouble>> {
  return new Promise((resolve) => {
    let failed = false;
    const timer = setTimeout(() => resolve(refused("timeout")), waitMs);
    socket.once("error", () => {
      failed = true;
    });
    socket.once("close", (hadError) => {
      clearTimeout(timer);
      resolve(failed || hadError ? refused("connectionLost") : ok(null));
    });
    // Status bytes that come late are read away: an unread stream never ends.
    socket.resume();
    socket.end(bytes);
  });
}
