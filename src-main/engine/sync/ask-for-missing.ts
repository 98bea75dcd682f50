import type { ChainCrypto } from "#domain/journal/check.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { givenFor } from "../journal/given.ts";
import type { Lack } from "../journal/lacking.ts";
import type { Link } from "./link.ts";
import type { ServerClient } from "./server-client.ts";

/**
 * Asks the server for what neither copy of the journal has (SPEC S4e): all of it, oldest first, or those of the lacks that it does not have either. Null from a server of before there was
 * the question. Throws Unreachable, ServerRefusal.
 */
export async function askForMissing({
  lacks,
  server,
  link,
  crypto,
}: {
  readonly lacks: readonly Lack[];
  readonly server: Pick<ServerClient, "ownJournal">;
  readonly link: Pick<Link, "heard">;
  readonly crypto: ChainCrypto;
}): Promise<{ readonly given: readonly JournalEntry[]; readonly not: readonly Lack[] } | null> {
  let isUnderstood = true;
  const ask = async (place: AppliedUpTo): Promise<readonly JournalEntry[]> => {
    const answer = await server.ownJournal(place);
    if (answer === null) isUnderstood = false;
    else link.heard(answer.serverTime);
    return answer?.entries ?? [];
  };
  const given: JournalEntry[] = [];
  const not: Lack[] = [];
  for (const lack of lacks) {
    const found = await givenFor(lack, { ask, crypto });
    if (!isUnderstood) return null;
    if (found === null) not.push(lack);
    else given.push(...found);
  }
  return { given, not };
}
