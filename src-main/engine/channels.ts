import type { Channel } from "#protocol/till/channel.ts";

/** What a MessagePort of Node's and Electron's `MessagePortMain` have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start?(): void;
  close(): void;
}

/** A channel over a MessagePort. Where a message comes wrapped (Electron), the caller unwraps it in `on`. */
export function portChannel(port: PortLike): Channel {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on("message", (message) => listener(message));
      port.start?.();
    },
    onClose: (listener) => void port.on("close", listener),
    close: () => port.close(),
  };
}

/** What is needed of a `ws` socket. */
export interface SocketLike {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  on(event: "message", listener: (data: { toString(): string }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  close(): void;
}

/** A channel over a WebSocket, JSON text each way. What is no JSON is ignored. */
export function socketChannel(socket: SocketLike): Channel {
  // A frame that breaks the WebSocket's own rules closes the socket, and that is all: without a listener it would end the whole process.
  socket.on("error", () => undefined);
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage: (listener) =>
      void socket.on("message", (data) => {
        try {
          listener(JSON.parse(data.toString()));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
        }
      }),
    onClose: (listener) => void socket.on("close", listener),
    close: () => socket.close(),
  };
}
