import type { Measured } from "./metric.ts";

/** How large a run is. */
export interface Size {
  /** Articles in the shop. */
  readonly skus: number;
  /** Customers in the book, where there are any. */
  readonly profiles?: number;
  /** Lines of tickets, where there are any. */
  readonly lines?: number;
  /** How often everything is measured anew, where it is more than once. */
  readonly rounds?: number;
  /** Tills at work at the same time, where there are several. */
  readonly tills?: number;
  /** How long they are at work, where a benchmark is about that. */
  readonly seconds?: number;
  /** Seconds that the server is away, where it is killed. */
  readonly down?: number;
  /** How often what is measured is done. */
  readonly samples: number;
}

/** Where the server keeps what it knows. */
export const ENGINES = ["sqlite", "postgres"] as const;
export type Engine = (typeof ENGINES)[number];

export interface Run extends Size {
  /** A folder of its own, empty unless it is kept, for the programs' data, on the disk that is measured. */
  readonly folder: string;
  /** The PostgreSQL database to measure; null: SQLite. */
  readonly databaseUrl: string | null;
  /** What the server of the run stands on, where it starts that itself. */
  readonly engine: Engine;
  /** Of a benchmark's scenarios, the one to run; null: all. */
  readonly scenario: string | null;
  /** Says what is going on; not part of the result. */
  readonly say: (what: string) => void;
}

/** One thing worth knowing how fast it is. */
export interface Benchmark {
  readonly name: string;
  /** What it measures, and beside which floor: for `--help`. */
  readonly what: string;
  readonly usual: Size;
  /** It can measure PostgreSQL as well. */
  readonly onPostgres?: true;
  /** It starts a server on either engine itself. */
  readonly onEngines?: true;
  /** Its parts that can be run alone. */
  readonly scenarios?: readonly string[];
  /** It can measure again what it made up in a folder before. */
  readonly keepsData?: true;
  /** Gives each figure as soon as it is known. Throws when it could not be measured. */
  run(run: Run): AsyncIterable<Measured>;
}
