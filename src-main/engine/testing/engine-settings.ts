import type { EngineSettings } from "../engine.ts";
import { countingIds } from "./fake-clock.ts";
import { FakePrinter } from "./fake-printer.ts";
import type { FakeServer } from "./fake-server.ts";
import type { FakeTimers } from "./fake-timers.ts";

/** A whole engine beside a fake server, on the disk: what tests start it with where they say nothing else. */
export function engineSettings({
  dataDir,
  server,
  timers,
}: {
  readonly dataDir: string;
  readonly server: Pick<FakeServer, "clock" | "fetch">;
  readonly timers: FakeTimers;
}) {
  return {
    version: "0.3.0",
    dataDir,
    clock: server.clock,
    newId: countingIds("till"),
    fetch: server.fetch,
    random: () => 0.5,
    timers,
    machineName: "till at the door",
    openPrinter: (setup) => new FakePrinter(setup),
    drawDocument: async () => new Uint8Array(),
  } satisfies EngineSettings;
}
