import { type Instant, instant } from "#domain/ids.ts";
import { nextTryAt } from "../events/backoff.ts";
import type { ReceiptCodes } from "../receipts/codes.ts";
import type { PdfPress } from "../receipts/pdf/press.ts";
import { pdfJobOf } from "../receipts/written.ts";
import type { Storage } from "../storage/port.ts";
import { afterTry } from "./after-try.ts";
import { composed, documentOf } from "./compose.ts";
import type { MailPort, MailSent } from "./port.ts";
import type { MailRecord } from "./records.ts";
import { type Sending, sendingBy } from "./sending.ts";

/** Mails on their way at a time: a small shop's mail server takes few connections. */
const AT_ONCE = 3;
/** A mail on its way is nobody else's for so long: longer than writing and sending one ever takes. */
const CLAIM_MS = 15 * 60_000;
/** So long after the last planned try goes a mail whose outcome could not be noted. */
const AFTER_LAST_TRY_MS = 30 * 3_600_000;

/**
 * Sends the mails that customers asked for, at least once each: one that was taken by the mail server but not noted here, for the server fell in between, goes
 * again under the same Message-ID. Every try is noted before it begins, so while nothing can be noted nothing leaves. Without a port everything waits. `chance` answers a number from 0 to 1.
 */
export function createMailSender({
  storage,
  codes,
  pdfs,
  port,
  now,
  chance,
}: {
  readonly storage: Storage;
  readonly codes: Pick<ReceiptCodes, "ofTickets">;
  readonly pdfs: Pick<PdfPress, "draw">;
  readonly port: MailPort | null;
  readonly now: () => Instant;
  readonly chance: () => number;
}): Sending {
  async function sendDue(by: MailPort, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const ask = { at: now(), limit: AT_ONCE };
      const due = await storage.read((tx) => tx.mailsDue(ask));
      if (due.length === 0) return;
      const settled = await Promise.allSettled(due.map((mail) => sendOne(mail, by)));
      const failed = settled.find((one) => one.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    }
  }

  async function sendOne(due: MailRecord, by: MailPort): Promise<void> {
    const mail = await claim(due);
    if (mail === null) return;
    const sent = await trySending(mail, by);
    await storage.write((tx) => tx.putMail(afterTry(mail, sent, { now: now(), chance: chance() })));
  }

  /** Notes that a try begins; null when there is nothing to try any more, or another server has begun. */
  function claim({ id }: MailRecord): Promise<MailRecord | null> {
    return storage.write(async (tx) => {
      const mail = await tx.mail(id);
      if (mail === null || mail.state !== "waiting" || (mail.nextTryAt ?? 0) > now()) return null;
      const tries = mail.tries + 1;
      const next = nextTryAt({ failures: tries, now: now(), chance: chance() });
      const lapsesAt = instant(Math.max(now() + CLAIM_MS, next ?? now() + AFTER_LAST_TRY_MS));
      const claimed = { ...mail, tries, nextTryAt: lapsesAt };
      await tx.putMail(claimed);
      return claimed;
    });
  }

  async function trySending(mail: MailRecord, by: MailPort): Promise<MailSent> {
    try {
      const codeOf = await codes.ofTickets();
      const document = await storage.read((tx) => documentOf(tx, mail, codeOf));
      if (!document.ok) return { ok: false, failure: document.reason, isFinal: true };
      const pdf = await pdfs.draw(pdfJobOf(document.value));
      if (!pdf.ok) return { ok: false, failure: "too many documents are being made", isFinal: false };
      return await by.send(composed(mail, document.value, pdf.value));
    } catch (error) {
      return { ok: false, failure: `it could not be written: ${String(error)}`, isFinal: false };
    }
  }

  return sendingBy(async (goesOn) => {
    if (port !== null) await sendDue(port, goesOn);
  });
}
