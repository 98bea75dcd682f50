import { connect } from "node:net";
import { ok, type Result, refused } from "#domain/result.ts";
import type { LineTrouble, OpenLine } from "./open-line.ts";

const CONNECT_MS = 5_000;
/** A converter that lost its power says nothing: the system asks after so long a silence, milliseconds. */
const ASK_AFTER_MS = 10_000;

/** Opens a TCP connection to a device or to a converter before it. */
export function openNetwork(
  { host, port }: { readonly host: string; readonly port: number },
  onBytes: (bytes: Uint8Array) => void,
): Promise<Result<OpenLine, LineTrouble>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const ended = new Promise<void>((end) => socket.once("close", () => end()));
    const timer = setTimeout(() => socket.destroy(), CONNECT_MS);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, ASK_AFTER_MS);
    // Stays on for the socket's life: an error nobody listens to would end the process.
    socket.on("error", () => undefined);
    socket.on("data", onBytes);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(refused("unreachable"));
    });
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(
        ok({
          ended,
          write: (bytes) =>
            new Promise((taken) => {
              if (socket.destroyed) taken(false);
              else socket.write(bytes, (error) => taken(error === undefined || error === null));
            }),
          close() {
            socket.destroy();
            return ended;
          },
        }),
      );
    });
  });
}
