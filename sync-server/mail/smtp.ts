import nodemailer from "nodemailer";
import type { MailPort, MailSent, OutgoingMail } from "./port.ts";

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
const PERMANENT = 500;

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
    async send(mail: OutgoingMail): Promise<MailSent> {
      try {
        await transport.sendMail({
          messageId: `<${mail.id}@${domain}>`,
          from: { name: mail.fromName, address: from },
          to: { name: "", address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          attachments: [
            {
              filename: mail.attachment.name,
              content: Buffer.from(mail.attachment.pdf),
              contentType: "application/pdf",
            },
          ],
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

/** The server's refusal of this address or this mail is final; one of us, of the way to it, or for a while is not. */
function failureOf(error: unknown): Extract<MailSent, { readonly ok: false }> {
  const failure = error instanceof Error ? error.message : String(error);
  const { code = null, responseCode = null } = error as {
    readonly code?: string;
    readonly responseCode?: number;
  };
  const isOfThisMail = code === "EENVELOPE" || code === "EMESSAGE";
  return { ok: false, failure, isFinal: isOfThisMail && (responseCode ?? 0) >= PERMANENT };
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
