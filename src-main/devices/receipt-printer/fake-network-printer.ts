import { createServer, type Server, type Socket } from "node:net";
import { answerRequests } from "./fake-status.ts";

/** How the stand-in behaves. `hanging`: takes the connection and reads nothing; `mute`: prints but knows no status requests. */
export type FakeMood = "ready" | "mute" | "outOfPaper" | "coverOpen" | "refusing" | "hanging" | "hangingUp";

const ESC = 0x1b;
const PULSE = 0x70;
const DLE = 0x10;
const AT_ONCE = 0x14;

/**
 * A receipt printer without paper: listens on TCP like a real one, answers status requests and keeps every receipt's bytes. Speaks
 * plain TCP only, so tests of whole programs can use it as well.
 */
export class FakeNetworkPrinter {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #receipts: Buffer[] = [];
  #kicks = 0;
  readonly #listeners = new Set<() => void>();
  #mood: FakeMood = "ready";
  #port = 0;

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
  }

  /** Listens on 127.0.0.1 at a free port. */
  static async start(): Promise<FakeNetworkPrinter> {
    const printer = new FakeNetworkPrinter();
    await printer.#listen(0);
    return printer;
  }

  get port(): number {
    return this.#port;
  }

  /** How often the drawer was opened by itself. */
  get kicks(): number {
    return this.#kicks;
  }

  /** What came out so far: one buffer of bytes per receipt, status requests left out. */
  get receipts(): readonly Buffer[] {
    return this.#receipts;
  }

  /** What came out so far as text, code page aside: enough to look for words and numbers. */
  get texts(): readonly string[] {
    return this.#receipts.map((bytes) => bytes.toString("latin1"));
  }

  async become(mood: FakeMood): Promise<void> {
    const before = this.#mood;
    this.#mood = mood;
    if (mood === "refusing") await this.#stopListening();
    else if (before === "refusing") await this.#listen(this.#port);
  }

  /** Resolves when that many receipts have come out. */
  printed(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.#receipts.length < count) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  async stop(): Promise<void> {
    if (this.#server.listening) await this.#stopListening();
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => {
        const address = this.#server.address();
        if (address !== null && typeof address !== "string") this.#port = address.port;
        resolve();
      });
    });
  }

  #stopListening(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve, reject) => {
      this.#server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (this.#mood === "hanging") {
      socket.pause();
      return;
    }
    if (this.#mood === "hangingUp") {
      socket.destroy();
      return;
    }
    const taken: Buffer[] = [];
    socket.on("data", (data) => {
      const { printed, answers } = answerRequests(data, this.#mood);
      if (answers.length > 0) socket.write(answers);
      if (printed.length > 0) taken.push(printed);
    });
    socket.once("end", () => {
      const bytes = Buffer.concat(taken);
      if (isKick(bytes, this.#mood)) this.#kicks += 1;
      else if (bytes.length > 0) this.#receipts.push(bytes);
      socket.end();
      for (const listener of [...this.#listeners]) listener();
    });
  }
}

/** Without paper it obeys only the word for opening at once. */
function isKick(bytes: Buffer, mood: FakeMood): boolean {
  const isAtOnce = bytes[0] === DLE && bytes[1] === AT_ONCE;
  return isAtOnce || (bytes[0] === ESC && bytes[1] === PULSE && mood !== "outOfPaper");
}
