import type { DeviceId, Instant, StoreId } from "#domain/ids.ts";
import type { Knock } from "#domain/store/letting-in.ts";
import type { DeviceRecord } from "../storage/port.ts";

/** A register's number in its store. */
export interface RegisterPlace {
  readonly store: StoreId;
  readonly register: number;
}

export interface LettingInReads {
  /** The till that has this number; null: none has it. */
  deviceAt(place: RegisterPlace): Promise<DeviceRecord | null>;
  /** Lower numbers are given to no new register of the store; 1 where all are free that no register has. */
  registerFloor(store: StoreId): Promise<number>;
  /** Tills that knock at this moment, by store and number. */
  knocks(at: Instant): Promise<readonly Knock[]>;
}

export interface LettingInWrites {
  /** Notes when the till's machine got the register. */
  noteSince(device: DeviceId, since: Instant): Promise<void>;
  /** Notes that a till was let in by the pairing that it showed, and the hash of the token that it comes with. */
  letIn(till: { readonly device: DeviceId; readonly tokenHash: string; readonly at: Instant }): Promise<void>;
  /** One of each till: the last. Forgets those that nobody has heard of for so long by then that they do not knock any more. */
  putKnock(knock: Knock): Promise<void>;
  forgetKnock(device: DeviceId): Promise<void>;
  /** A machine that never gets in again, though it had the register's number in a time that was lost: what it wrote as `wroteAs` is kept aside. */
  addFormerMachine(machine: {
    readonly device: DeviceId;
    readonly wroteAs: DeviceId;
    readonly publicKey: string;
    readonly tokenHash: string;
  }): Promise<void>;
  /**
   * New registers of each store get numbers that leave the next ten free: this database went back to a time before some were given out. `given`: some that are
   * known to have been, of stores that may not be here (any more, or yet).
   */
  skipRegisters(given: readonly RegisterPlace[]): Promise<void>;
}
