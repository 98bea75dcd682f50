import { parentPort, workerData } from "node:worker_threads";
import type { AsideAsk, AsideName } from "../port.ts";
import { answerAside } from "./aside-reads.ts";
import { Database } from "./database.ts";

/** A question as the thread gets it. */
export interface AsideRequest {
  readonly name: AsideName;
  readonly ask: AsideAsk<AsideName>;
}

export type AsideReply =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly failure: string };

const { file } = workerData as { readonly file: string };
const database = new Database(file, { readOnly: true });

parentPort?.on("message", (request: AsideRequest) => parentPort?.postMessage(replyTo(request)));

function replyTo({ name, ask }: AsideRequest): AsideReply {
  try {
    return { ok: true, answer: answerAside(database, name, ask) };
  } catch (error) {
    return { ok: false, failure: error instanceof Error ? error.message : String(error) };
  }
}
