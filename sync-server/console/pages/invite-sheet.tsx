import { useState } from "react";
import type { InvitedAnswer, InviteRequest } from "#protocol/hq/access.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { LinkCard } from "./link-card.tsx";
import { LinkMailNote, MailHint } from "./link-mail-note.tsx";
import { Complaint, useSaving } from "./save-row.tsx";
import { isWholeUser, UserFields } from "./user-fields.tsx";

const EMPTY: InviteRequest = { name: "", email: "", role: "storeManager", stores: [] };

/** Invites somebody: the link that they choose their password by is mailed to them where the server sends mail, or shown once. */
export function InviteSheet({
  sendsMail,
  onInvited,
  onClose,
}: {
  readonly sendsMail: boolean;
  readonly onInvited: () => void;
  readonly onClose: () => void;
}) {
  const { access } = useApi();
  const [draft, setDraft] = useState(EMPTY);
  const [made, setMade] = useState<InvitedAnswer | null>(null);
  const saving = useSaving();
  function invite(mail: boolean): void {
    saving.save(async () => {
      const answer = await access.invite({
        ...draft,
        name: draft.name.trim(),
        email: draft.email.trim(),
        mail,
      });
      if (answer.ok) {
        setMade(answer.value);
        onInvited();
      }
      return answer;
    });
  }
  const isReady = isWholeUser(draft) && draft.email.trim() !== "" && saving.state !== "busy";
  return (
    <Sheet
      title={
        made === null
          ? t("users.invite")
          : t(made.link === null ? "users.invited" : "users.link", { name: made.user.name })
      }
      closeLabel={t("common.close")}
      isHeld={made !== null && made.link !== null}
      onClose={onClose}
    >
      {made !== null && made.link === null && <LinkMailNote user={made.user} />}
      {made !== null && made.link !== null && <LinkCard made={{ ...made, link: made.link }} />}
      {made === null && (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            invite(sendsMail);
          }}
        >
          <TextField
            label={t("users.email")}
            type="email"
            autoComplete="off"
            value={draft.email}
            onChange={(email) => setDraft({ ...draft, email })}
          />
          <UserFields draft={draft} onChange={(changed) => setDraft({ ...changed, email: draft.email })} />
          {sendsMail && <MailHint />}
          <Complaint saving={saving} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="quiet" onPress={onClose}>
              {t("common.cancel")}
            </Button>
            {sendsMail && (
              <Button isDisabled={!isReady} onPress={() => invite(false)}>
                {t("users.invite.byHand")}
              </Button>
            )}
            <Button type="submit" look="primary" isDisabled={!isReady}>
              {t(sendsMail ? "users.invite.mail" : "users.invite.do")}
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  );
}
