import type { Instant } from "../ids.ts";

/** Why a fiscal device did not sign a sale. */
export const FISCAL_FAILURES = ["gone", "slow", "full", "certificateExpired", "refused"] as const;
export type FiscalFailure = (typeof FISCAL_FAILURES)[number];

/** What a fiscal device (in Germany: a technical security device, TSE) is known by. */
export interface FiscalDeviceIdentity {
  /** Hex SHA-256 of its public key, as BSI TR-03153 has serial numbers. */
  readonly serial: string;
  /** E.g. `ecdsa-plain-SHA256`. */
  readonly algorithm: string;
  /** How it writes its time, e.g. `unixTime`. */
  readonly timeFormat: string;
  /** base64 */
  readonly publicKey: string;
}

/** What a fiscal device said of one sale. */
export interface FiscalSignature {
  readonly kind: "signed";
  readonly device: FiscalDeviceIdentity;
  /** Number of the transaction, given out by the device. */
  readonly transaction: number;
  /** The device's signature counter as it finished the transaction. */
  readonly counter: number;
  /** By the device's own clock, whole seconds. */
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly processType: string;
  readonly processData: string;
  /** base64 */
  readonly signature: string;
}

/** What stands on a ticket where a fiscal device is set up: its signature, or that it failed. */
export type FiscalMark =
  | FiscalSignature
  | { readonly kind: "failed"; readonly why: FiscalFailure; readonly serial: string | null };
