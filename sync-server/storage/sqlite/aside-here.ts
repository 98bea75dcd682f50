import { ok, refused } from "#domain/result.ts";
import type { AsideThread } from "./aside.ts";
import { answerAside } from "./aside-reads.ts";
import { Database } from "./database.ts";

/** Answers long questions on the thread that asks them, which waits: for tests of what is asked, of which each would begin a thread of its own. */
export function asideHere(file: string): AsideThread {
  let database: Database | null = null;
  return {
    async read(name, ask, cancelled) {
      if (cancelled?.aborted === true) return refused("cancelled");
      database ??= new Database(file, { readOnly: true });
      return ok(answerAside(database, name, ask));
    },
    async close() {
      database?.close();
      database = null;
    },
  };
}
