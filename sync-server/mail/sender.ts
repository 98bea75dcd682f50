import type { Instant } from "#domain/ids.ts";
import { nextTryAt } from "../events/backoff.ts";
import type { ReceiptCodes } from "../receipts/codes.ts";
import type { Storage } from "../storage/port.ts";
import { composed, documentOf } from "./compose.ts";
import type { MailPort, MailSent } from "./port.ts";
import type { MailRecord } from "./records.ts";

/** Mails on their way at a time: a small shop's mail server takes few connections. */
const AT_ONCE = 3;

export interface MailSender {
  /** Sends what is due now. Safe to call at any time: one that is at work is waited for, and no mail is on its way twice. */
  deliver(): Promise<void>;
}

/**
 * Sends the mails that customers asked for, at least once each: one that was taken by the mail server but not noted here, for the server fell in between, goes
 * again under the same Message-ID. Without a port everything waits. `chance` answers a number from 0 to 1.
 */
export function createMailSender({
  storage,
  codes,
  port,
  now,
  chance,
}: {
  readonly storage: Storage;
  readonly codes: Pick<ReceiptCodes, "ofTickets">;
  readonly port: MailPort | null;
  readonly now: () => Instant;
  readonly chance: () => number;
}): MailSender {
  let atWork: Promise<void> | null = null;

  async function sendDue(by: MailPort): Promise<void> {
    for (;;) {
      const ask = { at: now(), limit: AT_ONCE };
      const due = await storage.read((tx) => tx.mailsDue(ask));
      if (due.length === 0) return;
      await Promise.all(due.map((mail) => sendOne(mail, by)));
    }
  }

  async function sendOne(mail: MailRecord, by: MailPort): Promise<void> {
    const sent = await trySending(mail, by);
    await storage.write((tx) => tx.putMail(after(mail, sent)));
  }

  async function trySending(mail: MailRecord, by: MailPort): Promise<MailSent> {
    try {
      const codeOf = await codes.ofTickets();
      const document = await storage.read((tx) => documentOf(tx, mail, codeOf));
      if (!document.ok) return { ok: false, failure: document.reason, isFinal: true };
      return await by.send(await composed(mail, document.value));
    } catch (error) {
      return { ok: false, failure: `it could not be written: ${String(error)}`, isFinal: false };
    }
  }

  function after(mail: MailRecord, sent: MailSent): MailRecord {
    const tries = mail.tries + 1;
    if (sent.ok) return { ...mail, tries, state: "sent", sentAt: now(), nextTryAt: null, lastFailure: null };
    const next = sent.isFinal ? null : nextTryAt({ failures: tries, now: now(), chance: chance() });
    return {
      ...mail,
      tries,
      state: next === null ? "dead" : "waiting",
      nextTryAt: next,
      lastFailure: sent.failure,
    };
  }

  return {
    deliver() {
      if (port === null) return Promise.resolve();
      atWork ??= sendDue(port).finally(() => {
        atWork = null;
      });
      return atWork;
    },
  };
}
