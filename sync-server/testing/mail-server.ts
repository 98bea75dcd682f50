import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { generate } from "selfsigned";
import { SMTPServer } from "smtp-server";

/** A mail as it arrived: whom its envelope names, and its bytes. */
export interface ArrivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly bytes: Buffer;
  /** Whether it came by TLS. */
  readonly isSecret: boolean;
  /** Who signed in to send it; null: nobody. */
  readonly user: string | null;
}

/** An SMTP status with its words. */
export interface SmtpRefusal {
  readonly status: number;
  readonly words: string;
}

export const PASSWORD = "p/ss w:rd";

/** A real SMTP server on a free port of this machine, with a certificate of its own for `localhost`. */
export class MailServer {
  readonly arrived: ArrivedMail[] = [];
  /** Answers for an address that is refused. */
  readonly refusing = new Map<string, SmtpRefusal>();
  /** Refuses the mail itself, after all of it came. */
  refusesMail: SmtpRefusal | null = null;
  /** Takes a mail and never says so. */
  isMute = false;
  readonly ca: string;
  readonly #server: SMTPServer;
  #port = 0;

  private constructor(
    { cert, private: key }: { readonly cert: string; readonly private: string },
    { secure, offersTls }: { readonly secure: boolean; readonly offersTls: boolean },
  ) {
    this.ca = cert;
    this.#server = new SMTPServer({
      key,
      cert,
      secure,
      authOptional: true,
      disabledCommands: offersTls ? [] : ["STARTTLS"],
      onAuth: ({ username = "", password }, _session, done) =>
        password === PASSWORD
          ? done(null, { user: username })
          : done(Object.assign(new Error("wrong password"), { responseCode: 535 })),
      onRcptTo: ({ address }, _session, done) => {
        const refusal = this.refusing.get(address);
        done(refusal === undefined ? null : answer(refusal));
      },
      onData: (stream, session, done) => {
        void buffer(stream).then((bytes) => {
          const { mailFrom, rcptTo } = session.envelope;
          if (this.refusesMail !== null) return done(answer(this.refusesMail));
          this.arrived.push({
            from: mailFrom === false ? "" : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            bytes,
            isSecret: session.secure,
            user: session.user ?? null,
          });
          if (!this.isMute) done(null);
        });
      },
    });
    this.#server.on("error", () => undefined);
  }

  static async open({ secure = false, offersTls = true } = {}): Promise<MailServer> {
    const made = await generate([{ name: "commonName", value: "localhost" }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
    });
    const server = new MailServer(made, { secure, offersTls });
    const listening = server.#server.listen(0, "127.0.0.1");
    await once(listening, "listening");
    server.#port = (listening.address() as AddressInfo).port;
    return server;
  }

  /** Its address as a setting, with what stands between the scheme and the host. */
  url(scheme: "smtp" | "smtps", userinfo = "", host = "localhost"): string {
    return `${scheme}://${userinfo}${host}:${this.#port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function answer({ status, words }: SmtpRefusal): Error {
  return Object.assign(new Error(words), { responseCode: status });
}
