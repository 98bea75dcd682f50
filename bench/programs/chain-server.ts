import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { generate } from "selfsigned";
import { ended, leash } from "./leash.ts";
import { SERVER_FLAGS } from "./server.ts";
import { type Usage, usageOf } from "./usage.ts";

const MAIN = resolve(import.meta.dirname, "../../sync-server/main.ts");
const OK = 200;
/** As docs/scaling.md advises it to whoever holds thousands of tills. */
const MEMORY = { MALLOC_MMAP_THRESHOLD_: "65536", MALLOC_TOP_PAD_: "0" } as const;

/** Where a chain's server keeps what it knows. */
export interface ChainData {
  readonly dataDir: string;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
}

/** The real sync server as a process of its own, with TLS, as tills of many places reach it. */
export class ChainServer {
  readonly #data: ChainData;
  readonly #cert: string;
  #port = 0;
  #process: ChildProcess;

  private constructor(data: ChainData, cert: string, process: ChildProcess) {
    this.#data = data;
    this.#cert = cert;
    this.#process = process;
  }

  /** Starts it on data that is there. Throws when it ends before it listens. */
  static async open(data: ChainData): Promise<ChainServer> {
    const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
      keyType: "ec",
      curve: "P-256",
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
    });
    writeFileSync(join(data.dataDir, "tls.cert.pem"), cert);
    writeFileSync(join(data.dataDir, "tls.key.pem"), key, { mode: 0o600 });
    const server = new ChainServer(data, cert, spawned(data, 0));
    await server.#listening();
    return server;
  }

  get address(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  /** The certificate it is known by. */
  get ca(): string {
    return this.#cert;
  }

  usage(): Usage {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error("the server does not run");
    return usageOf(pid);
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    await ended(this.#process, () => this.#process.kill("SIGKILL"));
  }

  /** Starts it again where it was, on the same port. Resolves when it listens. */
  async again(): Promise<void> {
    this.#process = spawned(this.#data, this.#port);
    await this.#listening();
  }

  /** What HQ's address answers to the key that lies beside the data. Rejects where it says no. */
  hq(path: string, { method, body }: { readonly method: string; readonly body: unknown }): Promise<unknown> {
    const key = readFileSync(join(this.#data.dataDir, "hq.key"), "utf8").trim();
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    return new Promise((done, failed) => {
      const asked = request(
        new URL(path, this.address),
        { method, headers, ca: this.#cert, servername: "localhost" },
        (answer) => {
          let said = "";
          answer.setEncoding("utf8").on("data", (piece: string) => {
            said += piece;
          });
          answer.once("end", () => {
            if (answer.statusCode === OK) done(JSON.parse(said));
            else failed(new Error(`${method} ${path}: ${answer.statusCode} ${said}`));
          });
        },
      );
      asked.once("error", failed);
      asked.end(JSON.stringify(body));
    });
  }

  stop(): Promise<void> {
    return ended(this.#process, () => this.#process.kill("SIGTERM"));
  }

  async #listening(): Promise<void> {
    const child = this.#process;
    const output = child.stdout;
    if (output === null) throw new Error("the server says nothing");
    const address = await new Promise<string>((found, failed) => {
      createInterface({ input: output }).on("line", (line) => {
        const listening = /^listening on (\S+)/.exec(line)?.[1];
        if (listening !== undefined) found(listening);
      });
      child.once("exit", (code) => failed(new Error(`the server ended with status ${code}`)));
    });
    this.#port = Number(new URL(address).port);
  }
}

function spawned({ dataDir, databaseUrl }: ChainData, port: number): ChildProcess {
  const tls = ["--tls-cert", join(dataDir, "tls.cert.pem"), "--tls-key", join(dataDir, "tls.key.pem")];
  // Tills of a thousand places come from this one machine: the proxy that tells them apart is the bench.
  const args = ["--data", dataDir, "--port", String(port), "--proxy", "127.0.0.1", "--drain", "0", ...tls];
  const profile = process.env.ONETILL_BENCH_PROFILE;
  const watched = profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...SERVER_FLAGS, ...watched, MAIN, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      ...MEMORY,
      ...(databaseUrl === null ? {} : { ONETILL_DATABASE_URL: databaseUrl }),
    },
  });
  leash(child);
  return child;
}
