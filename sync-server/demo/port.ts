import type { DemoSheet } from "#protocol/hq/demo.ts";

/** That the data is a demo's: what its sheet says, which every server on this database leaves in its folder; null while it is still made up. */
export interface DemoRecord {
  readonly sheet: DemoSheet | null;
}

export interface DemoReads {
  /** Null where the data is no demo's. */
  demo(): Promise<DemoRecord | null>;
}

export interface DemoWrites {
  putDemo(demo: DemoRecord): Promise<void>;
}
