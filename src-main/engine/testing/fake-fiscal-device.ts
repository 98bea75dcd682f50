import type { FiscalFailure } from "#domain/fiscal/mark.ts";
import { instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { FiscalDevice, FiscalProcess, StartedTransaction } from "../../devices/fiscal/port.ts";

const DEVICE = {
  serial: "f".repeat(64),
  algorithm: "ecdsa-plain-SHA256",
  timeFormat: "unixTime",
  publicKey: "AAAA",
};

/** A fiscal device that counts and signs nothing; `fails` makes it fail, `never` leaves every call without an answer. */
export class FakeFiscalDevice implements FiscalDevice {
  fails: FiscalFailure | null = null;
  never = false;
  /** What it was told of finished sales, in order. */
  readonly finished: string[] = [];
  #transactions = 0;

  start() {
    return this.#answer(() => {
      this.#transactions += 1;
      return { transaction: this.#transactions };
    });
  }

  update() {
    return this.#answer(() => null);
  }

  finish({ transaction, processType, processData }: StartedTransaction & FiscalProcess) {
    return this.#answer(() => {
      this.finished.push(processData);
      const at = instant(1_800_000_000_000);
      const times = { startedAt: at, finishedAt: at };
      const counter = transaction * 2;
      return {
        kind: "signed",
        device: DEVICE,
        transaction,
        counter,
        ...times,
        processType,
        processData,
        signature: "c2ln",
      } as const;
    });
  }

  export() {
    return this.#answer(() => this.finished.join("\n"));
  }

  status() {
    return this.#answer(() => ({
      device: DEVICE,
      counter: this.#transactions * 2,
      transactions: this.#transactions,
      openTransactions: 0,
    }));
  }

  async close(): Promise<void> {}

  #answer<T>(of: () => T): Promise<Result<T, FiscalFailure>> {
    if (this.never) return new Promise(() => undefined);
    return Promise.resolve(this.fails === null ? ok(of()) : refused(this.fails));
  }
}
