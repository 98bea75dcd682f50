import { type LogLine, MAX_LOG_LINES, MAX_LOG_WORDS } from "#protocol/sync/health.ts";
import type { SyncView } from "#protocol/till/status.ts";
import type { Clock, Unwatch } from "../ports.ts";
import { plainWords } from "./plain-words.ts";

/** The newest of what went on at this till since it was started, for whoever looks for a fault from afar. Only in memory, and nothing about a person. */
export class TillLog {
  readonly #clock: Clock;
  readonly #lines: LogLine[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(level: LogLine["level"], words: string): void {
    this.#lines.push({ at: this.#clock.now(), level, words: plainWords(words, MAX_LOG_WORDS) });
    if (this.#lines.length > MAX_LOG_LINES) this.#lines.shift();
  }

  /** Something threw; `what` says where. */
  noteDefect(what: string, error: unknown): void {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.note("error", `${what}: ${words}`);
  }

  lines(): readonly LogLine[] {
    return [...this.#lines];
  }
}

/** Notes the till's start, and each time that the server is reached or lost or something stops sync. */
export function logSync({
  sync,
  log,
  version,
}: {
  readonly sync: { view(): SyncView; watch(onChange: () => void): Unwatch };
  readonly log: TillLog;
  readonly version: string;
}): void {
  log.note("info", `started, version ${version}`);
  let { link, trouble, records } = sync.view();
  if (records !== undefined) log.note("error", recordsLine(records));
  sync.watch(() => {
    const now = sync.view();
    if (now.link.state !== link.state) log.note("info", `server: ${now.link.state}`);
    if (now.trouble !== trouble)
      log.note(now.trouble === null ? "info" : "error", `trouble: ${now.trouble ?? "none"}`);
    if (recordsLine(now.records) !== recordsLine(records))
      log.note(now.records === undefined ? "info" : "error", recordsLine(now.records));
    ({ link, trouble, records } = now);
  });
}

function recordsLine(records: SyncView["records"] = []): string {
  return `records: ${records.length === 0 ? "nothing more" : records.map(({ state }) => state).join(", ")}`;
}
