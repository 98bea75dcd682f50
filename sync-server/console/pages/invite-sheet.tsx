import { useState } from "react";
import type { InvitedAnswer, InviteRequest } from "#protocol/hq/access.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { LinkCard } from "./link-card.tsx";
import { useSaving } from "./save-row.tsx";
import { isWholeUser, UserFields } from "./user-fields.tsx";

const EMPTY: InviteRequest = { name: "", email: "", role: "storeManager", stores: [] };

/** Invites somebody; the link that they choose their password by is then shown once. */
export function InviteSheet({
  onInvited,
  onClose,
}: {
  readonly onInvited: () => void;
  readonly onClose: () => void;
}) {
  const { access } = useApi();
  const [draft, setDraft] = useState(EMPTY);
  const [made, setMade] = useState<InvitedAnswer | null>(null);
  const saving = useSaving();
  function invite(): void {
    saving.save(async () => {
      const answer = await access.invite({ ...draft, name: draft.name.trim(), email: draft.email.trim() });
      if (answer.ok) {
        setMade(answer.value);
        onInvited();
      }
      return answer;
    });
  }
  return (
    <Sheet
      title={made === null ? t("users.invite") : t("users.link", { name: made.user.name })}
      closeLabel={t("common.close")}
      onClose={onClose}
    >
      {made !== null ? (
        <LinkCard made={made} />
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            invite();
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
          {typeof saving.state === "object" && (
            <p role="alert" className="text-danger">
              {saving.state.complaint}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button look="quiet" onPress={onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              look="primary"
              isDisabled={!isWholeUser(draft) || draft.email.trim() === "" || saving.state === "busy"}
            >
              {t("users.invite.do")}
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  );
}
