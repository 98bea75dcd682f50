import type { FiscalDeviceIdentity, FiscalFailure, FiscalSignature } from "#domain/fiscal/mark.ts";
import type { Result } from "#domain/result.ts";

/** Which fiscal device hangs on a till. A driver for a certified one adds its own kind. */
export interface FiscalSetup {
  readonly kind: "simulator";
}

/** A transaction that a device has begun, by its number. */
export interface StartedTransaction {
  readonly transaction: number;
}

/** What a device is told of a process. */
export interface FiscalProcess {
  readonly processType: string;
  readonly processData: string;
}

export interface FiscalStatus {
  readonly device: FiscalDeviceIdentity;
  readonly counter: number;
  readonly transactions: number;
  readonly openTransactions: number;
}

/**
 * A fiscal device as the till sees it: in Germany a technical security device (TSE, BSI TR-03153), elsewhere a fiscal printer or memory. Every
 * call may fail and none throws; whoever asks decides how long to wait. `till`: the register's serial number.
 */
export interface FiscalDevice {
  start(ask: { readonly till: string }): Promise<Result<StartedTransaction, FiscalFailure>>;
  update(ask: StartedTransaction & FiscalProcess): Promise<Result<null, FiscalFailure>>;
  finish(ask: StartedTransaction & FiscalProcess): Promise<Result<FiscalSignature, FiscalFailure>>;
  /** Everything that it has signed, one JSON object a line. */
  export(): Promise<Result<string, FiscalFailure>>;
  status(): Promise<Result<FiscalStatus, FiscalFailure>>;
  close(): Promise<void>;
}

/** Opens a driver for a device that was set up; the engine is handed one and knows no other way to it. */
export type OpenFiscalDevice = (setup: FiscalSetup) => FiscalDevice;
