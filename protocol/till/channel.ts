/** A two-way pipe of JSON-able messages: a MessagePort or a WebSocket, seen alike by both ends. */
export interface Channel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
