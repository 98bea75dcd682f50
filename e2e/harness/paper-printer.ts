import { createServer, type Server, type Socket } from "node:net";

/** As it is in shops: it prints, has no paper, or is not there. */
export type PaperMood = "ready" | "outOfPaper" | "gone";

const DLE = 0x10;
const EOT = 0x04;
const ALL_WELL = 0x12;
const NO_PAPER = 0x72;
const PAPER_SENSOR = 4;
/** ESC p and DLE DC4 1: what opens a drawer comes as a document of its own. */
const PULSES = ["\u001bp", "\u0010\u0014\u0001"];

/** An ESC/POS printer on the network as the till sees it from outside: it answers what it is asked and keeps what it prints. */
export class PaperPrinter {
  readonly #documents: string[] = [];
  #kicks = 0;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #mood: PaperMood = "ready";
  #port = 0;

  static async start(): Promise<PaperPrinter> {
    const printer = new PaperPrinter();
    await printer.#listen();
    return printer;
  }

  get port(): number {
    return this.#port;
  }

  /** What came out, letters as they are in most code pages. */
  get documents(): readonly string[] {
    return this.#documents;
  }

  /** How often the drawer that hangs on it was opened. */
  get kicks(): number {
    return this.#kicks;
  }

  async become(mood: PaperMood): Promise<void> {
    this.#mood = mood;
    if (mood === "gone") await this.stop();
    else if (this.#server === null) await this.#listen();
  }

  stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => (server === null ? resolve() : server.close(() => resolve())));
  }

  #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", () => {
        const address = server.address();
        if (address !== null && typeof address !== "string") this.#port = address.port;
        resolve();
      });
    });
  }

  #serve(socket: Socket): void {
    let printed = "";
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => {
      for (let at = 0; at < data.length; at += 1) {
        if (data[at] === DLE && data[at + 1] === EOT) {
          const isOut = data[at + 2] === PAPER_SENSOR && this.#mood === "outOfPaper";
          socket.write(Buffer.of(isOut ? NO_PAPER : ALL_WELL));
          at += 2;
        } else printed += String.fromCharCode(data[at] ?? 0);
      }
    });
    socket.on("end", () => {
      if (PULSES.some((pulse) => printed.startsWith(pulse))) this.#kicks += 1;
      else if (printed !== "") this.#documents.push(printed);
      socket.end();
    });
  }
}
