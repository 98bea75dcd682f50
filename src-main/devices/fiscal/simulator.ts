import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { FiscalDeviceIdentity, FiscalFailure, FiscalSignature } from "#domain/fiscal/mark.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { FiscalDevice, FiscalProcess, FiscalStatus, StartedTransaction } from "./port.ts";

/** How it goes wrong; `works`: it does not. */
export const SIMULATED_FAILURES = ["works", "gone", "slow", "full", "certificateExpired"] as const;
export type SimulatedFailure = (typeof SIMULATED_FAILURES)[number];

const STATE_FILE = "state.json";
const LOG_FILE = "signed.ndjson";
const SECOND_MS = 1_000;
const CURVE = "prime256v1";

const stateSchema = z.strictObject({
  privateKey: z.string(),
  counter: z.number().int().nonnegative(),
  transactions: z.number().int().nonnegative(),
  open: z.array(
    z.strictObject({ transaction: z.number().int(), till: z.string(), startedAt: z.number().int() }),
  ),
  failure: z.enum(SIMULATED_FAILURES),
});
type State = z.infer<typeof stateSchema>;

/**
 * Behaves like a technical security device and is none: it signs with a key that lies in its folder. What it has counted and begun is on disk before it
 * answers, so a restart goes on where it was. `beSlow` is awaited where it is told to be slow.
 */
export class FiscalSimulator implements FiscalDevice {
  readonly #folder: string;
  readonly #now: () => Instant;
  readonly #beSlow: () => Promise<void>;
  #state: State;
  readonly #key: KeyObject;
  readonly #identity: FiscalDeviceIdentity;

  constructor({
    folder,
    now,
    beSlow = () => new Promise(() => undefined),
  }: {
    readonly folder: string;
    readonly now: () => Instant;
    readonly beSlow?: () => Promise<void>;
  }) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#now = now;
    this.#beSlow = beSlow;
    this.#state = readState(folder);
    this.#key = createPrivateKey(this.#state.privateKey);
    this.#identity = identityOf(this.#key);
    this.#keep(this.#state);
  }

  /** Makes it fail in one way from now on, also over a restart. */
  fail(failure: SimulatedFailure): void {
    this.#keep({ ...this.#state, failure });
  }

  async start({ till }: { readonly till: string }): Promise<Result<StartedTransaction, FiscalFailure>> {
    const refusal = await this.#refusal();
    if (refusal !== null) return refused(refusal);
    const transaction = this.#state.transactions + 1;
    const begun = { transaction, till, startedAt: this.#second() };
    const counter = this.#state.counter + 1;
    this.#keep({ ...this.#state, transactions: transaction, counter, open: [...this.#state.open, begun] });
    this.#log({ act: "start", ...begun, counter });
    return ok({ transaction });
  }

  async update({
    transaction,
    ...process
  }: StartedTransaction & FiscalProcess): Promise<Result<null, FiscalFailure>> {
    const refusal = await this.#refusal();
    if (refusal !== null) return refused(refusal);
    if (this.#opened(transaction) === undefined) return refused("refused");
    const counter = this.#state.counter + 1;
    this.#keep({ ...this.#state, counter });
    this.#log({ act: "update", transaction, ...process, counter });
    return ok(null);
  }

  async finish({
    transaction,
    processType,
    processData,
  }: StartedTransaction & FiscalProcess): Promise<Result<FiscalSignature, FiscalFailure>> {
    const refusal = await this.#refusal();
    if (refusal !== null) return refused(refusal);
    const begun = this.#opened(transaction);
    if (begun === undefined) return refused("refused");
    const counter = this.#state.counter + 1;
    const finishedAt = instant(Math.max(this.#second(), begun.startedAt));
    const signed: FiscalSignature = {
      kind: "signed",
      device: this.#identity,
      transaction,
      counter,
      startedAt: instant(begun.startedAt),
      finishedAt,
      processType,
      processData,
      signature: this.#sign({ till: begun.till, transaction, counter, finishedAt, processType, processData }),
    };
    const open = this.#state.open.filter((each) => each.transaction !== transaction);
    this.#keep({ ...this.#state, counter, open });
    this.#log({ act: "finish", till: begun.till, ...signed });
    return ok(signed);
  }

  async export(): Promise<Result<string, FiscalFailure>> {
    if (this.#state.failure === "gone") return refused("gone");
    const file = join(this.#folder, LOG_FILE);
    return ok(existsSync(file) ? readFileSync(file, "utf8") : "");
  }

  async status(): Promise<Result<FiscalStatus, FiscalFailure>> {
    const refusal = await this.#refusal();
    if (refusal !== null) return refused(refusal);
    const { counter, transactions, open } = this.#state;
    return ok({ device: this.#identity, counter, transactions, openTransactions: open.length });
  }

  async close(): Promise<void> {}

  async #refusal(): Promise<FiscalFailure | null> {
    const { failure } = this.#state;
    if (failure === "works") return null;
    if (failure === "slow") {
      await this.#beSlow();
      return null;
    }
    return failure;
  }

  #opened(transaction: number): State["open"][number] | undefined {
    return this.#state.open.find((each) => each.transaction === transaction);
  }

  #second(): Instant {
    return instant(Math.floor(this.#now() / SECOND_MS) * SECOND_MS);
  }

  #sign(message: {
    readonly till: string;
    readonly transaction: number;
    readonly counter: number;
    readonly finishedAt: Instant;
    readonly processType: string;
    readonly processData: string;
  }): string {
    const text = signedText({ ...message, serial: this.#identity.serial });
    return sign("sha256", Buffer.from(text, "utf8"), { key: this.#key, dsaEncoding: "ieee-p1363" }).toString(
      "base64",
    );
  }

  #keep(state: State): void {
    writeDurably(join(this.#folder, STATE_FILE), JSON.stringify(state));
    this.#state = state;
  }

  #log(record: object): void {
    appendFileSync(join(this.#folder, LOG_FILE), `${JSON.stringify(record)}\n`, { flush: true });
  }
}

/** What a signature of the simulator is over. A certified device signs the log message of BSI TR-03151 in its place. */
export function signedText({
  serial,
  till,
  transaction,
  counter,
  finishedAt,
  processType,
  processData,
}: {
  readonly serial: string;
  readonly till: string;
  readonly transaction: number;
  readonly counter: number;
  readonly finishedAt: Instant;
  readonly processType: string;
  readonly processData: string;
}): string {
  return [serial, till, transaction, counter, finishedAt / SECOND_MS, processType, processData].join(";");
}

function identityOf(key: KeyObject): FiscalDeviceIdentity {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    serial: createHash("sha256").update(spki).digest("hex"),
    algorithm: "ecdsa-plain-SHA256",
    timeFormat: "unixTime",
    publicKey: spki.toString("base64"),
  };
}

function readState(folder: string): State {
  const file = join(folder, STATE_FILE);
  if (existsSync(file)) return stateSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: CURVE });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { privateKey: pem, counter: 0, transactions: 0, open: [], failure: "works" };
}

function writeDurably(file: string, text: string): void {
  const fresh = `${file}.new`;
  const opened = openSync(fresh, "w", 0o600);
  try {
    writeSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(fresh, file);
}
