import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { COMPILED } from "./gate/compiled.ts";

/** What changes the process for whoever comes after: RxDB's own suite switches its development mode on, and a module is stood in for before others load it. */
const NEEDS_ITS_OWN_PROCESS = [
  "src-main/electron/vault.test.ts",
  "src-main/engine/journal/told-again.test.ts",
  "src-main/engine/storage/checkpoint-thread.test.ts",
  "src-main/engine/storage/replication-suite.test.ts",
  "sync-server/http/exports-at-once.test.ts",
  "sync-server/storage/copies/replaced.test.ts",
  "sync-server/storage/secrets/secret-box.test.ts",
];
/** Tests of the server that run on PostgreSQL besides SQLite, each time: what is booked, ordered, added up, found and paged. All others do with `ONETILL_TEST_ENGINE=postgres`. */
const ON_POSTGRES = [
  "sync-server/sync/{booked-together,booking,ingest,pull,pull-desk}.test.ts",
  "sync-server/orders/{booking,placing}.test.ts",
  "sync-server/reports/{reports,across,sell-through,book-together}.test.ts",
  "sync-server/http/{catalogue-routes,recorded-till}.test.ts",
  "sync-server/customers/{desk,one-person}.test.ts",
  "sync-server/data-audit/data-audit.test.ts",
];
/** What takes longest, and says so in no size of its file: begun last, it would leave the other cores with nothing to do. */
const BEGIN_FIRST = [
  "simulate/days.test.ts",
  "simulate/restored-and-moved.test.ts",
  "simulate/went-back.test.ts",
  "src-main/engine/storage/crash.test.ts",
];
/** As a machine that has much to do takes to make and start a PostgreSQL, or to ask it a hundred thousand things one after another. */
const POSTGRES_STARTS_WITHIN_MS = 120_000;
/** Less than a test has, so that what did not come is named. */
const WAITS_MS = 20_000;
const NO_TESTS = ["**/node_modules/**", ".tsbuild/**"];

/** Each worker takes the next file when it is done with one. */
class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const found = BEGIN_FIRST.findIndex((path) => moduleId.endsWith(`/${path}`));
      return found >= 0 ? found : BEGIN_FIRST.length + (project.name === "together" ? 0 : 1);
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  test: {
    pool: "forks",
    // The suites that RxDB publishes expect describe and it to be there.
    globals: true,
    // It ends what hangs, and nothing that others keep waiting: two workers on two cores that do much else besides.
    testTimeout: 60_000,
    // What a hook starts is as slow on a busy machine as what a test does.
    hookTimeout: 60_000,
    // Whoever looks again until something is so waits as long as a busy machine may take; left to itself, vitest gives it one second.
    expect: { poll: { timeout: WAITS_MS } },
    env: { NODE_COMPILE_CACHE: COMPILED },
    // Left to itself, vitest keeps a core free. A quarter of the time goes into waiting: for programs that start, for disks, for time that has to pass.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongFilesFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "apart",
          include: NEEDS_ITS_OWN_PROCESS,
        },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: [
            "{domain,protocol,paper,src-main,src-renderer,sync-server,demo,gate,bench,simulate}/**/*.test.{ts,tsx}",
          ],
          exclude: [...NO_TESTS, ...NEEDS_ITS_OWN_PROCESS],
          // Half the time went into a process and the same modules for each file.
          isolate: false,
          ...(process.env.ONETILL_TEST_ENGINE === "postgres"
            ? { hookTimeout: POSTGRES_STARTS_WITHIN_MS }
            : {}),
        },
      },
      {
        extends: true,
        test: {
          name: "on PostgreSQL",
          include: ON_POSTGRES,
          env: { ONETILL_TEST_ENGINE: "postgres" },
          hookTimeout: POSTGRES_STARTS_WITHIN_MS,
          isolate: false,
        },
      },
    ],
  },
});
