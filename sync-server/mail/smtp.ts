import nodemailer from "nodemailer";
import type { LinkMail, MailPort, MailSent, OutgoingMail, ReportMail } from "./port.ts";

/** How this server sends mail. */
export interface SmtpSettings {
  /** `smtps://user:password@host:465`, or `smtp://…:587`, which turns to TLS before anything is said. */
  readonly url: string;
  /** The address that mails come from. */
  readonly from: string;
}

const CONNECT_TIMEOUT_MS = 15_000;
/** A server that says nothing for so long while a mail is handed over. */
const SILENCE_TIMEOUT_MS = 60_000;
/** However it goes, a mail is on its way no longer than this; a server may trickle its answers. */
const WHOLE_TIMEOUT_MS = 5 * 60_000;

/**
 * Sends by SMTP (RFC 5321), by TLS always but to this very machine. `ca`: certificates to trust besides those of the system, for a mail server of one's own.
 */
export function createSmtp(
  { url, from }: SmtpSettings,
  {
    ca,
    connectTimeoutMs = CONNECT_TIMEOUT_MS,
    silenceTimeoutMs = SILENCE_TIMEOUT_MS,
    wholeTimeoutMs = WHOLE_TIMEOUT_MS,
  }: {
    readonly ca?: string;
    readonly connectTimeoutMs?: number;
    readonly silenceTimeoutMs?: number;
    readonly wholeTimeoutMs?: number;
  } = {},
): MailPort {
  const { protocol, hostname, port, username, password } = new URL(url);
  const isSecure = protocol === "smtps:";
  const transport = nodemailer.createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (isSecure ? 465 : 587) : Number(port),
    secure: isSecure,
    requireTLS: !isSecure && !isThisMachine(hostname),
    ...(username === ""
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    // Nothing in a mail is ever fetched from a disk or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    async send(mail: OutgoingMail | ReportMail | LinkMail): Promise<MailSent> {
      try {
        await transport.sendMail({
          messageId: `<${mail.id}@${domain}>`,
          from: { name: mail.fromName, address: from },
          to: { name: "", address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          attachments: mail.attachment === null ? [] : [attached(mail.attachment)],
          // Asks vacation robots not to answer (RFC 3834).
          headers: { "Auto-Submitted": "auto-generated" },
          signal: AbortSignal.timeout(wholeTimeoutMs),
        });
        return { ok: true };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function attached(attachment: (OutgoingMail | ReportMail)["attachment"]) {
  const { name: filename } = attachment;
  return "csv" in attachment
    ? { filename, content: Buffer.from(attachment.csv, "utf8"), contentType: "text/csv; charset=utf-8" }
    : { filename, content: Buffer.from(attachment.pdf), contentType: "application/pdf" };
}

/** The server's refusal of this address or of what the mail holds is final; one of us, of the way to it, or for a while is not. */
function failureOf(error: unknown): Extract<MailSent, { readonly ok: false }> {
  const failure = error instanceof Error ? error.message : String(error);
  const { command = null, response = "" } = error as {
    readonly command?: string;
    readonly response?: string;
  };
  return { ok: false, failure, isFinal: isRefusalOfThisMail(command, response) };
}

const ADDRESS_REFUSALS: readonly number[] = [550, 551, 553];
const CONTENT_REFUSAL = 554;
/** Of the address (RFC 3463 5.1.x), and of what the mail holds or how large it is. */
const ADDRESS_REASON = /^5\.1\./;
const CONTENT_REASON = /^5\.(6\.|3\.4$)/;
/** A server that gives no reason in numbers says in words that the account is at fault and not the mail. */
const OURS_TO_MEND = /relay|auth|sender|quota|limit|exceed|policy|block|denied|not permitted/i;

function isRefusalOfThisMail(command: string | null, response: string): boolean {
  const [, status, reason, words = ""] =
    /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?(.*)$/s.exec(response) ?? [];
  if (command === "RCPT TO" && ADDRESS_REFUSALS.includes(Number(status)))
    return reason === undefined ? !OURS_TO_MEND.test(words) : ADDRESS_REASON.test(reason);
  if (command !== "DATA" || !response.startsWith("5")) return false;
  if (reason !== undefined) return CONTENT_REASON.test(reason);
  return Number(status) === CONTENT_REFUSAL && !OURS_TO_MEND.test(words);
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
