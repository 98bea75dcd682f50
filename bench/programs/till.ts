import { type ChildProcess, fork } from "node:child_process";
import { ended, leash } from "./leash.ts";
import { fromEngineSchema, type ToEngine, type Weight } from "./messages.ts";
import { TillClient } from "./till-client.ts";

/** The real engine in a process of its own, so that its memory and its event loop are measured alone. */
export class BenchTill {
  readonly client: TillClient;
  /** When it was spawned and when it could be spoken to, by `performance.now()`. */
  readonly spawnedAt: number;
  readonly startedAt: number;
  readonly #process: ChildProcess;
  readonly #weights: ((weight: Weight) => void)[];

  private constructor(of: {
    readonly client: TillClient;
    readonly spawnedAt: number;
    readonly startedAt: number;
    readonly process: ChildProcess;
    readonly weights: ((weight: Weight) => void)[];
  }) {
    this.client = of.client;
    this.spawnedAt = of.spawnedAt;
    this.startedAt = of.startedAt;
    this.#process = of.process;
    this.#weights = of.weights;
  }

  /** Starts an engine on a data folder. Throws when it ends before it can be spoken to. */
  static async open(dataDir: string): Promise<BenchTill> {
    const spawnedAt = performance.now();
    const child = fork(new URL("./engine-process.ts", import.meta.url), [dataDir], {
      // As `npm run till` starts it: a small nursery is quicker here and leaves less behind.
      execArgv: ["--expose-gc", "--max-semi-space-size=4"],
    });
    leash(child);
    const client = new TillClient((frame) => send(child, { kind: "rpc", frame }));
    const weights: ((weight: Weight) => void)[] = [];
    const startedAt = await new Promise<number>((started, failed) => {
      child.on("message", (message) => {
        const at = performance.now();
        const told = fromEngineSchema.parse(message);
        if (told.kind === "started") started(at);
        if (told.kind === "rpc") client.receive(told.frame, at);
        if (told.kind === "weight") weights.shift()?.(told.weight);
      });
      child.once("exit", (code) => {
        const gone = new Error(`the engine ended with status ${code}`);
        failed(gone);
        client.lose(gone);
      });
    });
    return new BenchTill({ client, spawnedAt, startedAt, process: child, weights });
  }

  /** Pairs it; resolves with when it was asked to, by `performance.now()`. Throws what the engine refuses. */
  async pair(server: { readonly address: string; pairingCode(): Promise<string> }): Promise<number> {
    const code = await server.pairingCode();
    const askedAt = performance.now();
    const paired = await this.client.call("pair", { server: server.address, code });
    if (!paired.ok) throw new Error(`the till could not be paired: ${paired.reason}`);
    return askedAt;
  }

  /** The process's number: what it weighs beside other programs is asked from outside. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  weigh(): Promise<Weight> {
    return new Promise((resolve) => {
      this.#weights.push(resolve);
      send(this.#process, { kind: "weigh" });
    });
  }

  close(): Promise<void> {
    return ended(this.#process, () => send(this.#process, { kind: "close" }));
  }
}

function send(child: ChildProcess, message: ToEngine): void {
  if (child.connected) child.send(message);
}
