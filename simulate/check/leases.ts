import { DatabaseSync } from "node:sqlite";
import type { Answer, Asked } from "../world/server-machine.ts";

/** Watches a server as it decides about leases: none is granted while another till holds it. */
export class LeaseWatch {
  /** Kept open: the server's whole schema is read anew at each opening. */
  #books: { readonly file: string; readonly database: DatabaseSync } | null = null;

  /** What is wrong; null where nothing is. */
  async wrong(
    { file, now, asked }: { readonly file: string; readonly now: number; readonly asked: Asked },
    answered: Promise<Answer>,
  ): Promise<string | null> {
    const { subject } = JSON.parse(asked.body ?? "{}") as { readonly subject?: { kind: string; id: string } };
    const key = `${subject?.kind}:${subject?.id}`;
    const before = this.#holderOf(file, key, now);
    const { status, body } = await answered;
    if (status !== 200 || before === null) return null;
    const answer = JSON.parse(body.toString()) as {
      readonly granted: boolean;
      readonly holder: string | null;
    };
    return answer.granted && answer.holder !== before
      ? `${key} was leased to ${answer.holder} while ${before} held it`
      : null;
  }

  close(): void {
    this.#books?.database.close();
    this.#books = null;
  }

  #holderOf(file: string, subject: string, now: number): string | null {
    const row = this.#reading(file)
      .prepare("SELECT holder FROM leases WHERE subject = ? AND expires_at > ?")
      .get(subject, now);
    return row === undefined ? null : String(row.holder);
  }

  #reading(file: string): DatabaseSync {
    if (this.#books?.file === file) return this.#books.database;
    this.close();
    const database = new DatabaseSync(file, { readOnly: true });
    this.#books = { file, database };
    return database;
  }
}
