import { useCallback } from "react";
import type { UserRow } from "#protocol/hq/access.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { usePolled } from "../use-polled.ts";
import { When } from "./when.tsx";

const REFRESH_MS = 2_000;

/** How the mail with a user's link stands, while one looks; nothing where none was sent. `user`: as one knows them so far. */
export function LinkMailNote({ user: known }: { readonly user: UserRow }) {
  const { access } = useApi();
  const { data } = usePolled(
    useCallback(() => access.user(known.id), [access, known.id]),
    REFRESH_MS,
  );
  const { linkMail, email } = data ?? known;
  if (linkMail === null) return null;
  const { state, sentAt, askedAt, lastFailure } = linkMail;
  const tone = { waiting: "bg-sunken", sent: "bg-brand-soft", dead: "bg-danger-soft" }[state];
  const words = state === "waiting" && lastFailure !== null ? "again" : state;
  return (
    <div role="status" className={`space-y-1 rounded-2xl p-4 ${tone}`}>
      <p className="break-words">
        {t(`users.mail.${words}`, { email })} <When at={sentAt ?? askedAt} />
      </p>
      {lastFailure !== null && <p className="break-words text-sm">{lastFailure}</p>}
      {state === "dead" && <p className="text-sm">{t("users.mail.dead.hint")}</p>}
    </div>
  );
}

/** Where the link of a mail will open: a mail that was asked for at an address of this machine alone is of no use elsewhere. */
export function MailHint() {
  return <p className="text-soft text-sm">{t("users.mail.opens", { address: window.location.origin })}</p>;
}
