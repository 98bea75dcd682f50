import type { Instant } from "#domain/ids.ts";
import type { WriteTransaction } from "../storage/port.ts";
import type { TrailRecord } from "./port.ts";
import type { UserRecord } from "./users-port.ts";

/**
 * Notes in the audit log what somebody did before the server knew them: they tried to sign in, or opened a link. What was typed as an e-mail address
 * that nobody has may be a password, and is not written down.
 */
export async function noteOwn(
  tx: WriteTransaction,
  {
    user,
    call,
    subject,
    at,
    refusal = "",
  }: Pick<TrailRecord, "call" | "subject"> & {
    readonly user: Pick<UserRecord, "id" | "name"> | null;
    readonly at: Instant;
    readonly refusal?: string;
  },
): Promise<void> {
  const by = { kind: "user", id: user?.id ?? "", name: user?.name ?? "" } as const;
  const cursor = await tx.beginTrail({ at, by, call, subject, asked: null, before: null });
  const outcome = refusal === "" ? "done" : "refused";
  await tx.endTrail(cursor, { outcome, after: null, refusal, made: null });
}
