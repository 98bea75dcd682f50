/** A mail as it leaves. */
export interface OutgoingMail {
  /** The same on every try; its Message-ID comes of it, so that a mail program shows a mail that came twice once. */
  readonly id: string;
  /** The retailer, as the reader sees it; the address is the server's own. */
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachment: { readonly name: string; readonly pdf: Uint8Array };
}

/** A report as it leaves, its table as CSV beside it. */
export interface ReportMail extends Omit<OutgoingMail, "attachment"> {
  readonly attachment: { readonly name: string; readonly csv: string };
}

/** A mail that is all in its text: a link to choose a password by. */
export interface LinkMail extends Omit<OutgoingMail, "attachment"> {
  readonly attachment: null;
}

/** How sending went. `isFinal`: trying again is useless, such as when nobody has this address. */
export type MailSent =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: string; readonly isFinal: boolean };

/** What carries mail. */
export interface MailPort {
  /** Never throws. Resolves once the next server has taken the mail for its own, or has not. */
  send(mail: OutgoingMail | ReportMail | LinkMail): Promise<MailSent>;
  close(): void;
}
