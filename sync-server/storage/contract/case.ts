import { instant } from "#domain/ids.ts";
import type { Storage } from "../port.ts";

/** One promise of the port, as a sentence and as a check that throws when it is broken. */
export interface ContractCase {
  readonly promise: string;
  /** `reopen` closes the storage and opens what it left on disk. */
  readonly check: (storage: Storage, reopen: () => Promise<Storage>) => Promise<void>;
}

export const AT = instant(1_800_000_000_000);
export const LATER = instant(1_800_000_060_000);
