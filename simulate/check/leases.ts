import type { Answer, Asked } from "../world/server-machine.ts";
import { reading } from "./found.ts";

/** Watches a server as it decides about leases: none is granted while another till holds it. Answers what is wrong, null where nothing is. */
export async function leaseWrong(
  { file, now, asked }: { readonly file: string; readonly now: number; readonly asked: Asked },
  answered: Promise<Answer>,
): Promise<string | null> {
  const { subject } = JSON.parse(asked.body ?? "{}") as { readonly subject?: { kind: string; id: string } };
  const key = `${subject?.kind}:${subject?.id}`;
  const before = holderOf(file, key, now);
  const { status, body } = await answered;
  if (status !== 200 || before === null) return null;
  const answer = JSON.parse(body.toString()) as { readonly granted: boolean; readonly holder: string | null };
  return answer.granted && answer.holder !== before
    ? `${key} was leased to ${answer.holder} while ${before} held it`
    : null;
}

function holderOf(file: string, subject: string, now: number): string | null {
  const row = reading(file, (database) =>
    database.prepare("SELECT holder FROM leases WHERE subject = ? AND expires_at > ?").get(subject, now),
  );
  return row === undefined ? null : String(row.holder);
}
