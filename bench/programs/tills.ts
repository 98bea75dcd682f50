import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "../light-till/card.ts";
import type { Pulling } from "../light-till/till.ts";
import type { ChainServer } from "./chain-server.ts";
import { ended, leash } from "./leash.ts";
import {
  fromTillsSchema,
  TILLS_ANSWERS,
  type TillsAnswer,
  type TillsAsk,
  type TillsSettings,
} from "./tills-messages.ts";

const MAX_OLD_SPACE_MB = 4_096;

interface Waiting {
  readonly verb: TillsAsk["verb"];
  readonly done: (value: unknown) => void;
  readonly failed: (error: Error) => void;
}

/** The light tills of a chain, in a process of their own. */
export class BenchTills {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    child.on("message", (message) => {
      const told = fromTillsSchema.parse(message);
      if (told.kind === "ready") return;
      const waiting = this.#waiting.get(told.id);
      this.#waiting.delete(told.id);
      if (told.kind === "answer") waiting?.done(told.value);
      else waiting?.failed(new Error(`the tills failed at ${waiting.verb}: ${told.why}`));
    });
    child.once("exit", (code) => {
      for (const { failed } of this.#waiting.values())
        failed(new Error(`the tills ended with status ${code}`));
    });
  }

  /** Starts their process; they do nothing yet. */
  static async open(
    fleet: Fleet,
    {
      server,
      folder,
      pulls,
    }: { readonly server: ChainServer; readonly folder: string; readonly pulls: Pulling },
  ): Promise<BenchTills> {
    const file = join(folder, "fleet.json");
    writeFileSync(file, JSON.stringify(fleet), { mode: 0o600 });
    const { hostname, port } = new URL(server.address);
    const settings: TillsSettings = { fleet: file, host: hostname, port: Number(port), ca: server.ca, pulls };
    const child = fork(new URL("./tills-process.ts", import.meta.url), [JSON.stringify(settings)], {
      execArgv: [`--max-old-space-size=${MAX_OLD_SPACE_MB}`],
    });
    leash(child);
    await new Promise<void>((ready, failed) => {
      child.once("message", () => ready());
      child.once("exit", (code) => failed(new Error(`the tills ended with status ${code}`)));
    });
    return new BenchTills(child);
  }

  /** Asks it of the tills. Rejects with what the server refused, or where it took too long. */
  ask<A extends TillsAsk>(ask: A): Promise<TillsAnswer<A["verb"]>> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((done, failed) => {
      this.#waiting.set(id, {
        verb: ask.verb,
        failed,
        done: (value) => {
          const read = TILLS_ANSWERS[ask.verb].safeParse(value);
          if (read.success) done(read.data as TillsAnswer<A["verb"]>);
          else failed(new Error(`the tills answered ${ask.verb} strangely`));
        },
      });
      this.#process.send({ id, ask });
    });
  }

  close(): Promise<void> {
    return ended(this.#process, () => this.#process.disconnect());
  }
}
