import { createServer, type Server, type Socket } from "node:net";
import type { ScaleSetup } from "./port.ts";

/** What lies on it. */
export type OnScale =
  | { readonly grams: number; readonly moving?: boolean }
  | "overload"
  | "belowZero"
  | "mute";

/** A scale without a pan: answers on a TCP port or, fed with what comes in, on any other line, as scales of these languages do. */
export class FakeScale {
  readonly #language: ScaleSetup["language"];
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #on: OnScale = { grams: 0 };

  constructor(language: ScaleSetup["language"]) {
    this.#language = language;
  }

  put(on: OnScale): void {
    this.#on = on;
  }

  /** Opens a TCP port for it and says which. */
  async listen(): Promise<number> {
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => socket.write(this.answers(bytes)));
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  /** What it says to what it is asked. */
  answers(asked: Uint8Array): Buffer {
    const questions = [...asked].filter((byte) => byte === "W".charCodeAt(0)).length;
    return Buffer.concat(Array.from({ length: questions }, () => Buffer.from(this.#answer(), "latin1")));
  }

  #answer(): string {
    const on = this.#on;
    if (on === "mute") return "";
    const moving = typeof on === "object" && on.moving === true;
    const kilograms = typeof on === "object" ? (on.grams / 1_000).toFixed(3) : "0.000";
    if (this.#language === "mt8217") {
      const bits = (moving ? 1 : 0) | (on === "overload" ? 2 : 0) | (on === "belowZero" ? 4 : 0);
      return bits === 0
        ? `\u0002${kilograms.padStart(6, "0")}\r`
        : `\u0002?${String.fromCharCode(0x40 | bits)}\r`;
    }
    const first = String.fromCharCode(0x30 | (moving ? 1 : 0));
    const second = String.fromCharCode(0x30 | (on === "belowZero" ? 1 : 0) | (on === "overload" ? 2 : 0));
    return `\n${kilograms.padStart(8, " ")}KG\r\nS${first}${second}\r\u0003`;
  }
}
