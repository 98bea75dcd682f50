import type { Answer, Asked, ServerMachine } from "../world/server-machine.ts";

/** Watches a server as it decides about leases: none is granted while another till holds it. Answers what is wrong, null where nothing is. */
export async function leaseWatched(
  { server, now, asked }: { readonly server: ServerMachine; readonly now: number; readonly asked: Asked },
  answer: () => Promise<Answer>,
): Promise<{ readonly answered: Answer; readonly wrong: string | null }> {
  const { subject } = JSON.parse(asked.body ?? "{}") as { readonly subject?: { kind: string; id: string } };
  const key = `${subject?.kind}:${subject?.id}`;
  const before = await holderOf(server, key, now);
  const answered = await answer();
  if (answered.status !== 200 || before === null) return { answered, wrong: null };
  const { granted, holder } = JSON.parse(answered.body.toString()) as {
    readonly granted: boolean;
    readonly holder: string | null;
  };
  const isWrong = granted && holder !== before;
  return { answered, wrong: isWrong ? `${key} was leased to ${holder} while ${before} held it` : null };
}

async function holderOf(server: ServerMachine, subject: string, now: number): Promise<string | null> {
  const [row] = await server.all(
    "SELECT holder FROM leases WHERE subject = ? AND expires_at > ?",
    subject,
    now,
  );
  return row === undefined ? null : String(row.holder);
}
