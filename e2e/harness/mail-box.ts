import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A mail server on a free port of this machine that keeps what arrives. */
export class MailBox {
  /** Each mail as it came, whole. */
  readonly arrived: string[] = [];
  /** Whether it says that nobody has the address. */
  refuses = false;
  readonly #server: SMTPServer;
  #port = 0;

  private constructor() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onRcptTo: (_address, _session, done) =>
        done(
          this.refuses
            ? Object.assign(new Error("5.1.1 Nobody is called that here"), { responseCode: 550 })
            : null,
        ),
      onData: (stream, _session, done) => {
        void text(stream).then((mail) => {
          this.arrived.push(mail);
          done(null);
        });
      },
    });
    this.#server.on("error", () => undefined);
  }

  static async open(): Promise<MailBox> {
    const box = new MailBox();
    const listening = box.#server.listen(0, "127.0.0.1");
    await once(listening, "listening");
    box.#port = (listening.address() as AddressInfo).port;
    return box;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
