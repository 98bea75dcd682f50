import { ok, refused } from "#domain/result.ts";
import { answerAside } from "../sql/aside-reads.ts";
import type { AsideThread } from "./aside.ts";
import { SqliteDatabase } from "./database.ts";

/** Answers long questions on the thread that asks them, one after another: for tests of what is asked, of which each would begin a thread of its own. */
export function asideHere(file: string): AsideThread {
  let database: SqliteDatabase | null = null;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async read(name, ask, cancelled) {
      const turn = last.then(async () => {
        if (cancelled?.aborted === true) return refused("cancelled");
        database ??= new SqliteDatabase(file, { readOnly: true });
        database.begin("read");
        try {
          return ok(await answerAside(database, name, ask));
        } finally {
          database.rollback();
        }
      });
      last = turn.catch(() => undefined);
      return turn;
    },
    async close() {
      await last;
      database?.close();
      database = null;
    },
  };
}
