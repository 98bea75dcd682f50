import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { PROTOCOL_VERSION } from "#protocol/version.ts";
import { STORE_CODE, seedServer } from "../shop/seed.ts";
import { ended, leash } from "./leash.ts";

const MAIN = resolve(import.meta.dirname, "../../sync-server/main.ts");
/** As `npm run server` has them. */
export const SERVER_FLAGS = ["--max-semi-space-size=8", "--initial-old-space-size=64"] as const;
/** An Ed25519 key stands at the end of its DER wrapping (RFC 8410). */
const RAW_KEY_BYTES = 32;

/** The real sync server as a process of its own, on a made-up shop of so many SKUs. */
export class BenchServer {
  readonly address: string;
  readonly #dataDir: string;
  readonly #process: ChildProcess;
  readonly #setUp: Promise<string>;

  private constructor(of: {
    readonly address: string;
    readonly dataDir: string;
    readonly process: ChildProcess;
    readonly setUp: Promise<string>;
  }) {
    this.address = of.address;
    this.#dataDir = of.dataDir;
    this.#process = of.process;
    this.#setUp = of.setUp;
  }

  /** Seeds the data folder and starts the server on it. Throws when it ends before it listens. */
  static async open({
    dataDir,
    skus,
    databaseUrl = null,
  }: {
    readonly dataDir: string;
    readonly skus: number;
    /** A PostgreSQL database that has the shop already; null: SQLite, seeded here. */
    readonly databaseUrl?: string | null;
  }): Promise<BenchServer> {
    if (databaseUrl === null) await seedServer({ dataDir, skus });
    const child = spawn(process.execPath, [...SERVER_FLAGS, MAIN, "--data", dataDir, "--port", "0"], {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...(databaseUrl === null ? {} : { ONETILL_DATABASE_URL: databaseUrl }) },
    });
    leash(child);
    const lines = createInterface({ input: child.stdout });
    const setUp = new Promise<string>((found) => {
      lines.on("line", (line) => {
        const link = /\S+#setUp=\S+/.exec(line)?.[0];
        if (link !== undefined) found(link);
      });
    });
    const address = await new Promise<string>((found, failed) => {
      lines.on("line", (line) => {
        const listening = /^listening on (\S+)/.exec(line)?.[1];
        if (listening !== undefined) found(listening);
      });
      child.once("exit", (code) => failed(new Error(`the server ended with status ${code}`)));
    });
    return new BenchServer({ address, dataDir, process: child, setUp });
  }

  /** Its process, to see what it takes of the machine. */
  get pid(): number {
    const { pid } = this.#process;
    if (pid === undefined) throw new Error("the server is no process");
    return pid;
  }

  /** HQ's key, as the server keeps it beside its data. */
  async hqKey(): Promise<string> {
    return (await readFile(join(this.#dataDir, "hq.key"), "utf8")).trim();
  }

  /** Where the console's first admin is made, once. */
  setUpLink(): Promise<string> {
    return this.#setUp;
  }

  /** A one-time code that makes a till of the shop's store. */
  async pairingCode(): Promise<string> {
    const key = await this.hqKey();
    const answer = await fetch(new URL("/hq/v1/pairing-codes", this.address), {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ store: STORE_CODE }),
    });
    return pairAnswerSchema.parse(await answer.json()).code;
  }

  /** Headers of a till that is enrolled but has no engine: what a floor asks with. */
  async bareTill(): Promise<Readonly<Record<string, string>>> {
    const { publicKey } = generateKeyPairSync("ed25519");
    const der = publicKey.export({ type: "spki", format: "der" });
    const protocol = { "onetill-protocol": String(PROTOCOL_VERSION) };
    const answer = await fetch(new URL("/sync/v1/enrol", this.address), {
      method: "POST",
      headers: { ...protocol, "content-type": "application/json" },
      body: JSON.stringify({
        kind: "pair",
        code: await this.pairingCode(),
        publicKey: der.subarray(-RAW_KEY_BYTES).toString("base64url"),
        name: "Floor",
      }),
    });
    const { token } = enrolAnswerSchema.parse(await answer.json());
    return { ...protocol, authorization: `Bearer ${token}` };
  }

  /** Stops it; tills that know it are offline from here on. */
  stop(): Promise<void> {
    return ended(this.#process, () => this.#process.kill("SIGTERM"));
  }
}
