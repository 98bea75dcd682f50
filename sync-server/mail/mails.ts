import type { z } from "zod";
import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import { type Instant, instant, type MailId, type StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { MailRow, mailsAnswerSchema } from "#protocol/hq/mails.ts";
import type { ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";
import type { Storage } from "../storage/port.ts";
import type { ListedMail, MailState } from "./records.ts";

const DAY_MS = 86_400_000;
/** A receipt that comes later than this helps nobody; HQ can still have it sent. */
const MAX_WAIT_MS = 14 * DAY_MS;
const KEPT_MS = 30 * DAY_MS;

/** The outbox of mails, as tills fill it and HQ sees it: of whom somebody reaches where that is said, else of every store. */
export interface Mails {
  /** Whether this server was told how to send mail. */
  readonly sends: boolean;
  /** Keeps a mail until it is sent. Asking again with the same id changes nothing; for whoever was erased meanwhile nothing is kept. */
  ask(store: StoreId, wanted: ReceiptMailRequest): Promise<void>;
  list(ask: {
    readonly state: MailState | null;
    readonly store?: StoreReach;
    readonly limit: number;
  }): Promise<z.input<typeof mailsAnswerSchema>>;
  /** Due at once, whatever became of it before. One that the tills of other stores asked for is none. */
  retry(id: MailId, reach?: StoreReach): Promise<Result<MailRow, "noSuchMail" | "sentAlready">>;
  /** Everything of these stores that is dead is due at once; answers how many that were. */
  retryDead(reach?: StoreReach): Promise<number>;
  /** Gives up what has waited too long, and forgets what was sent or given up long ago, and with it the address. */
  tidy(): Promise<void>;
}

export function createMails({
  storage,
  now,
  isConfigured,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  readonly isConfigured: boolean;
}): Mails {
  /** Its tries count anew: who asks has mended something. */
  function anew(mail: ListedMail): ListedMail {
    return { ...mail, state: "waiting", tries: 0, nextTryAt: now() };
  }

  return {
    sends: isConfigured,
    async tidy() {
      const at = now();
      await storage.write(async (tx) => {
        await tx.giveUpMails({
          askedBefore: instant(at - MAX_WAIT_MS),
          failure: "too old: it waited too long",
        });
        await tx.purgeMails(instant(at - KEPT_MS));
      });
    },
    async ask(store, wanted) {
      const at = now();
      await storage.write(async (tx) => {
        const buyer = (await tx.ticket(wanted.ticket))?.ticket.customer ?? null;
        if (buyer !== null && (await tx.isErased(buyer))) return;
        await tx.addMail({
          ...wanted,
          copy: wanted.copy || (await tx.isMailed(wanted)),
          store,
          askedAt: at,
          state: "waiting",
          tries: 0,
          nextTryAt: at,
          sentAt: null,
          lastFailure: null,
        });
      });
    },
    list: (ask) =>
      storage.read(async (tx) => ({
        configured: isConfigured,
        ...(await tx.mailCounts(ask.store)),
        mails: (await tx.mails(ask)).map(rowOf),
      })),
    retry: (id, reach = null) =>
      storage.write(async (tx) => {
        const mail = await tx.mail(id);
        if (mail === null || !reachesStore(reach, mail.store)) return refused("noSuchMail");
        if (mail.state === "sent") return refused("sentAlready");
        const again = anew(mail);
        await tx.putMail(again);
        return ok(rowOf(again));
      }),
    retryDead: (store = null) =>
      storage.write(async (tx) => {
        const { dead } = await tx.mailCounts(store);
        for (const mail of await tx.mails({ state: "dead", store, limit: dead }))
          await tx.putMail(anew(mail));
        return dead;
      }),
  };
}

function rowOf(mail: ListedMail): MailRow {
  const { id, ticket, number, document, email, askedAt, tries, nextTryAt, sentAt, lastFailure } = mail;
  const standing = mail.state === "waiting" && !mail.isReady ? "waitingForSale" : mail.state;
  return {
    id,
    ticket,
    number,
    document: document.kind,
    email,
    standing,
    askedAt,
    tries,
    nextTryAt,
    sentAt,
    lastFailure,
  };
}
