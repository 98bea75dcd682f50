import type { z } from "zod";
import type { Instant, MailId, StoreId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { MailRow, mailsAnswerSchema } from "#protocol/hq/mails.ts";
import type { ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";
import type { Storage } from "../storage/port.ts";
import type { ListedMail, MailState } from "./records.ts";

/** The outbox of mails, as tills fill it and HQ sees it. */
export interface Mails {
  /** Keeps a mail until it is sent. Asking again with the same id changes nothing. */
  ask(store: StoreId, wanted: ReceiptMailRequest): Promise<void>;
  list(ask: {
    readonly state: MailState | null;
    readonly limit: number;
  }): Promise<z.input<typeof mailsAnswerSchema>>;
  /** Due at once, whatever became of it before. */
  retry(id: MailId): Promise<Result<MailRow, "noSuchMail" | "sentAlready">>;
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
  return {
    async ask(store, wanted) {
      const at = now();
      await storage.write(async (tx) =>
        tx.addMail({
          ...wanted,
          copy: wanted.copy || (await tx.isMailed(wanted)),
          store,
          askedAt: at,
          state: "waiting",
          tries: 0,
          nextTryAt: at,
          sentAt: null,
          lastFailure: null,
        }),
      );
    },
    list: (ask) =>
      storage.read(async (tx) => ({
        configured: isConfigured,
        ...(await tx.mailCounts()),
        mails: (await tx.mails(ask)).map(rowOf),
      })),
    retry: (id) =>
      storage.write(async (tx) => {
        const mail = await tx.mail(id);
        if (mail === null) return refused("noSuchMail");
        if (mail.state === "sent") return refused("sentAlready");
        // Its tries count anew: who asks has mended something.
        const again = { ...mail, state: "waiting", tries: 0, nextTryAt: now() } as const;
        await tx.putMail(again);
        return ok(rowOf(again));
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
