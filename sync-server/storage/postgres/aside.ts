import type { Pool, PoolClient } from "pg";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Aside, AsideAnswer, AsideAsk, AsideName } from "../port.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { answerAside } from "../sql/aside-reads.ts";
import { PostgresDatabase } from "./database.ts";

/** Long questions at a time; the database has other servers and sales to serve. */
const AT_ONCE = 2;
const MAX_WAITING = 40;
/** A question over a year of a large chain takes a second. */
const TIMEOUT_MS = 60_000;

export interface PostgresAside extends Aside {
  /** Questions that wait fail; those at work finish. */
  close(): Promise<void>;
}

/** Long questions, each on a connection and at one state of the database, a few at a time and the others in their order. */
export function createPostgresAside(pool: Pool, secrets: SecretBox): PostgresAside {
  const waiting: (() => void)[] = [];
  const atWork = new Set<Promise<unknown>>();
  let isClosed = false;

  function freed(): void {
    if (atWork.size < AT_ONCE) waiting.shift()?.();
  }

  async function answered<N extends AsideName>(
    name: N,
    ask: AsideAsk<N>,
    cancelled: AbortSignal | undefined,
  ): Promise<Result<AsideAnswer<N>, "busy" | "cancelled">> {
    const client = await pool.connect();
    try {
      const found = await client.query<{ readonly pid: number }>("SELECT pg_backend_pid() AS pid");
      return await answeredBy(client, { pid: found.rows[0]?.pid, name, ask, cancelled });
    } finally {
      await client.query("ROLLBACK").then(
        () => client.release(),
        (lost: Error) => client.release(lost),
      );
    }
  }

  async function answeredBy<N extends AsideName>(
    client: PoolClient,
    {
      pid,
      name,
      ask,
      cancelled,
    }: {
      readonly pid: number | undefined;
      readonly name: N;
      readonly ask: AsideAsk<N>;
      readonly cancelled: AbortSignal | undefined;
    },
  ): Promise<Result<AsideAnswer<N>, "busy" | "cancelled">> {
    let cancelling: Promise<unknown> = Promise.resolve();
    // Nobody waits for the answer any more: the database need not go on.
    const cancel = () => {
      cancelling = pool.query("SELECT pg_cancel_backend($1)", [pid]).catch(() => undefined);
    };
    cancelled?.addEventListener("abort", cancel, { once: true });
    try {
      await client.query(
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${TIMEOUT_MS}; SET LOCAL plan_cache_mode = force_custom_plan`,
      );
      return ok(await answerAside(new PostgresDatabase(client, secrets), name, ask));
    } catch (error) {
      if (cancelled?.aborted === true) return refused("cancelled");
      throw error;
    } finally {
      cancelled?.removeEventListener("abort", cancel);
      // It would end what the next one asks by this connection.
      await cancelling;
    }
  }

  return {
    async read<N extends AsideName>(name: N, ask: AsideAsk<N>, cancelled?: AbortSignal) {
      if (isClosed) throw new Error("the storage is closed");
      if (waiting.length >= MAX_WAITING) return refused("busy");
      if (atWork.size >= AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
      if (isClosed) throw new Error("the server stops");
      if (cancelled?.aborted === true) {
        freed();
        return refused("cancelled");
      }
      const answer = answered(name, ask, cancelled);
      atWork.add(answer);
      try {
        return await answer;
      } finally {
        atWork.delete(answer);
        freed();
      }
    },
    async close() {
      isClosed = true;
      for (const turn of waiting.splice(0)) turn();
      await Promise.allSettled(atWork);
    },
  };
}
