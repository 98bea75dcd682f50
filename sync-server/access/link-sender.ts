import type { UserId } from "#domain/access/users.ts";
import { type Instant, instant } from "#domain/ids.ts";
import { receiptLanguageOf } from "#domain/receipt/language.ts";
import { afterTry } from "../mail/after-try.ts";
import type { MailPort, MailSent } from "../mail/port.ts";
import { type Sending, sendingBy } from "../mail/sending.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { composedLink, type Leaving } from "./compose-link.ts";
import type { LinkMailRecord } from "./link-mail-port.ts";
import { linkFor } from "./links.ts";
import { newSecret } from "./sessions.ts";
import type { UserRecord } from "./users-port.ts";

const MAILS_AT_A_TIME = 3;
/** A mail on its way is nobody else's for so long. */
const CLAIM_MS = 15 * 60_000;

/** What is written of in a mail, with all that is kept of it. */
interface Claimed extends Leaving {
  readonly mail: LinkMailRecord;
}

/**
 * Mails people their links to choose a password by. Each try makes a link of its own, in place of the one before: none is ever kept to be sent later, and
 * of two mails that arrive the last one opens. Without a port everything waits. `chance` answers a number from 0 to 1.
 */
export function createLinkSender({
  storage,
  port,
  now,
  chance,
  randomBytes,
}: {
  readonly storage: Storage;
  readonly port: MailPort | null;
  readonly now: () => Instant;
  readonly chance: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
}): Sending {
  async function work(by: MailPort, goesOn: () => boolean): Promise<void> {
    const ask = { at: now(), limit: MAILS_AT_A_TIME };
    const due = await storage.read((tx) => tx.linkMailsDue(ask));
    for (const { user } of due) if (goesOn()) await sendOne(user, by);
  }

  async function sendOne(user: UserId, by: MailPort): Promise<void> {
    const leaving = await claim(user);
    if (leaving === null) return;
    const sent = await by.send(composedLink(leaving));
    await storage.write(async (tx) => {
      const { id, tries } = leaving.mail;
      const known = await tx.linkMail(user);
      // Whoever came by the link meanwhile, or was sent another, needs to know nothing of this one.
      if (known?.id === id && known.tries === tries)
        await tx.putLinkMail(
          afterTry(leaving.mail, withoutLink(sent, leaving), { now: now(), chance: chance() }),
        );
    });
  }

  /** Notes that a try begins, and makes its link; null when there is nothing to send any more. */
  function claim(of: UserId): Promise<Claimed | null> {
    return storage.write(async (tx) => {
      const [mail, user] = [await tx.linkMail(of), await tx.user(of)];
      if (mail === null || mail.nextTryAt === null || mail.nextTryAt > now()) return null;
      if (user === null || !user.active) {
        await tx.removeLinkMail(of);
        return null;
      }
      const claimed = { ...mail, tries: mail.tries + 1, nextTryAt: instant(now() + CLAIM_MS) };
      await tx.putLinkMail(claimed);
      const link = await linkFor(tx, user, { now: now(), token: newSecret(randomBytes) });
      return { mail: claimed, user, link, ...(await surroundings(tx, user)) };
    });
  }

  return sendingBy(async (goesOn) => {
    if (port !== null) await work(port, goesOn);
  });
}

/** What a mail server says of a mail may repeat some of it, and HQ reads that: the link is taken out. */
function withoutLink(sent: MailSent, { link }: Leaving): MailSent {
  return sent.ok ? sent : { ...sent, failure: sent.failure.replaceAll(link.token, "…") };
}

/** A user's mails are written as the first of their stores writes: what people speak is not known here. */
async function surroundings(
  tx: ReadTransaction,
  { stores }: UserRecord,
): Promise<Pick<Leaving, "retailer" | "language">> {
  const all = await tx.stores();
  const own = all.find(({ store }) => stores?.includes(store) === true) ?? all[0];
  return {
    retailer: own?.retailer ?? "Onetill",
    language: receiptLanguageOf(own?.locale ?? "en") ?? "en",
  };
}
