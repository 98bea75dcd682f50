import { LINK_LIFE_MS } from "#domain/access/users.ts";
import { isRightToLeft } from "#domain/receipt/direction.ts";
import type { ReceiptLanguage } from "#domain/receipt/language.ts";
import { escapedHtml } from "../mail/html.ts";
import type { LinkMail } from "../mail/port.ts";
import type { LinkMailRecord } from "./link-mail-port.ts";
import { LINK_MAIL_WORDS } from "./link-mail-words.ts";
import type { Link } from "./links.ts";
import type { UserRecord } from "./users-port.ts";

const HOUR_MS = 3_600_000;

/** A mail that is to leave now, and what it is written with. */
export interface Leaving {
  readonly mail: Pick<LinkMailRecord, "id" | "tries" | "consoleAt">;
  readonly user: Pick<UserRecord, "name" | "email">;
  readonly link: Pick<Link, "kind" | "token">;
  readonly retailer: string;
  readonly language: ReceiptLanguage;
}

/** The mail with somebody's link, in plain text and as a page. */
export function composedLink({ mail, user, link, retailer, language }: Leaving): LinkMail {
  const kind = link.kind === "reset" ? "reset" : "invite";
  const words = LINK_MAIL_WORDS[language][kind];
  const address = `${mail.consoleAt}/console/#${kind}=${link.token}`;
  const opens = words.opens(LINK_LIFE_MS[kind] / HOUR_MS);
  const html = (text: string) => `<p>${escapedHtml(text)}</p>`;
  return {
    id: `${mail.id}-${mail.tries}`,
    fromName: retailer,
    to: user.email,
    subject: words.subject(retailer),
    text: [words.greeting(user.name), words.lead(retailer), address, opens, words.unasked].join("\n\n"),
    html: `<!doctype html><html lang="${language}" dir="${isRightToLeft(language) ? "rtl" : "ltr"}"><head><meta charset="utf-8"><title>${escapedHtml(words.subject(retailer))}</title></head>
<body style="font-family:sans-serif;color:#17231f">${html(words.greeting(user.name))}${html(words.lead(retailer))}
<p><a href="${escapedHtml(address)}" style="display:inline-block;padding:12px 20px;border-radius:10px;background:#0b5d4b;color:#fff;text-decoration:none">${escapedHtml(words.button)}</a></p>
<p dir="ltr" style="word-break:break-all">${escapedHtml(address)}</p>${html(opens)}${html(words.unasked)}</body></html>`,
    attachment: null,
  };
}
