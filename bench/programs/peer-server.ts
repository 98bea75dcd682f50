import { type ChildProcess, fork } from "node:child_process";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ended, leash } from "./leash.ts";

const PEERS = resolve(import.meta.dirname, "../peers");
const startedSchema = z.strictObject({ port: z.number().int() });
const ticketsSchema = z.strictObject({ count: z.number().int() });

/** The servers of the peers: PouchDB's, RxDB's own, and a plain one which is the floor as well. */
export type PeerServerName = "pouchdb-server" | "rxdb-server" | "plain-server";

export type Layout = "apart" | "together";

/** A peer's server as a process of its own, on the shop of so many SKUs. */
export class PeerServer {
  readonly port: number;
  readonly pid: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
    this.pid = process.pid ?? 0;
  }

  /** Resolves once the shop is in it and it listens. Throws when it ends before. */
  static async open({
    name,
    dataDir,
    pagesDir,
    skus,
    layout = "apart",
  }: {
    readonly name: PeerServerName;
    readonly dataDir: string;
    readonly pagesDir: string;
    readonly skus: number;
    /** Whether product, price and stock of an article are three documents or one. */
    readonly layout?: Layout;
  }): Promise<PeerServer> {
    const child = fork(join(PEERS, `${name}.ts`), [dataDir, pagesDir, String(skus), layout], {
      execArgv: ["--no-warnings"],
    });
    leash(child);
    const port = await new Promise<number>((started, failed) => {
      child.once("message", (message) => started(startedSchema.parse(message).port));
      child.once("exit", (code) => failed(new Error(`${name} ended with status ${code}`)));
    });
    return new PeerServer(child, port);
  }

  /** Gives the shop's first article another price, cents. */
  async change(cents: number): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/bench/price?cents=${cents}`, {
      method: "POST",
    });
    if (!answer.ok) throw new Error(`the price was not changed: ${answer.status}`);
  }

  /** How many tickets came in. */
  async tickets(): Promise<number> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/bench/tickets`);
    return ticketsSchema.parse(await answer.json()).count;
  }

  stop(): Promise<void> {
    return ended(this.#process, () => this.#process.kill("SIGKILL"));
  }
}
