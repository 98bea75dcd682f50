import { parentPort, workerData } from "node:worker_threads";
import type { AsideAsk, AsideName } from "../port.ts";
import { answerAside } from "../sql/aside-reads.ts";
import { SqliteDatabase } from "./database.ts";

/** A question as the thread gets it. */
export interface AsideRequest {
  readonly name: AsideName;
  readonly ask: AsideAsk<AsideName>;
}

export type AsideReply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly failure: string };

const { file } = workerData as { readonly file: string };
const database = new SqliteDatabase(file, { readOnly: true });

parentPort?.on("message", async (request: AsideRequest) => parentPort?.postMessage(await replyTo(request)));

async function replyTo({ name, ask }: AsideRequest): Promise<AsideReply> {
  database.begin("read");
  try {
    return { ok: true, answer: await answerAside(database, name, ask) };
  } catch (error) {
    return { ok: false, failure: error instanceof Error ? error.message : String(error) };
  } finally {
    database.rollback();
  }
}
