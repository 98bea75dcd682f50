import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { ok, type Result, refused } from "#domain/result.ts";
import type { SeedOutcome } from "./run-seed.ts";

const headSchema = z.strictObject({
  steps: z.number().int(),
  tills: z.number().int().nullable(),
  hours: z.number(),
  /** Logs of before there was another say nothing of it. */
  engine: z.enum(["sqlite", "postgres"]).default("sqlite"),
});
/** What the days of a log have in common. */
export type LoggedDays = z.infer<typeof headSchema>;

const loggedSchema = z.strictObject({
  seed: z.number().int(),
  wrong: z.array(z.string()),
  tickets: z.number().int(),
  faults: z.number().int(),
  kills: z.number().int(),
});
/** What is kept of a day. */
export type LoggedDay = z.infer<typeof loggedSchema>;

/** What became of many days, a line each as it is over, so that a run of hours can be broken off and goes on where it was. */
export class DayLog {
  readonly #file: string;
  readonly #days = new Map<number, LoggedDay>();

  private constructor(file: string) {
    this.#file = file;
  }

  /** Reads a log, or begins one. A log of other days, or a file that is none, is refused with a sentence for the terminal. */
  static open(file: string, days: LoggedDays): Result<DayLog, string> {
    const log = new DayLog(file);
    if (!existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(days)}\n`);
      return ok(log);
    }
    const lines = readFileSync(file, "utf8").split("\n");
    // A last line without its end was being written as the run was broken off.
    const half = lines.pop() ?? "";
    try {
      const [head = "", ...rest] = lines;
      if (!isDeepStrictEqual(headSchema.parse(JSON.parse(head)), days))
        return refused(`${file} is of other days (${head}). Name another file, or ask for the same.`);
      for (const line of rest) {
        const day = loggedSchema.parse(JSON.parse(line));
        log.#days.set(day.seed, day);
      }
    } catch {
      return refused(`${file} is no log of simulated days. Name another file.`);
    }
    if (half !== "") writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    return ok(log);
  }

  has(seed: number): boolean {
    return this.#days.has(seed);
  }

  /** The day of a seed that is in the log. */
  day(seed: number): LoggedDay | null {
    return this.#days.get(seed) ?? null;
  }

  add({ seed, wrong, tickets, faults, kills }: SeedOutcome): void {
    const day: LoggedDay = { seed, wrong: [...wrong], tickets, faults, kills };
    this.#days.set(seed, day);
    appendFileSync(this.#file, `${JSON.stringify(day)}\n`);
  }
}
