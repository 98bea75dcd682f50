import { connect, type Socket } from "node:net";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PrinterTrouble } from "#protocol/till/devices.ts";
import type { Link, PrinterWire } from "./link.ts";
import type { PrinterAnswer } from "./status-bytes.ts";

/** A printer on the network (raw TCP, port 9100 as a rule), on a connection of its own for each receipt, so that several tills can share one. */
export function networkLink({ host, port }: { readonly host: string; readonly port: number }): Link {
  return {
    async open({ connectMs }, signal) {
      const opened = await openSocket({ host, port, waitMs: connectMs, signal });
      return opened.ok ? ok(wireOf(opened.value)) : opened;
    },
  };
}

function wireOf(socket: Socket): PrinterWire {
  return {
    ask: (request, waitMs) => ask(socket, request, waitMs),
    deliver: (bytes, waitMs) => deliver(socket, bytes, waitMs),
    async close() {
      socket.destroy();
    },
  };
}

function openSocket({
  host,
  port,
  waitMs,
  signal,
}: {
  readonly host: string;
  readonly port: number;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}): Promise<Result<Socket, PrinterTrouble>> {
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

function ask(socket: Socket, request: Uint8Array, waitMs: number): Promise<PrinterAnswer> {
  return new Promise((resolve) => {
    const give = (answer: PrinterAnswer): void => {
      clearTimeout(timer);
      socket.off("data", give);
      socket.off("close", onClose);
      resolve(answer);
    };
    const onClose = (): void => give("closed");
    const timer = setTimeout(() => give("silent"), waitMs);
    socket.on("data", give);
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
