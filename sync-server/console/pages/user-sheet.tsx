import { useState } from "react";
import type { InvitedAnswer, UserRequest, UserRow } from "#protocol/hq/access.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { addressOf } from "../use-route.ts";
import { LinkCard } from "./link-card.tsx";
import { LinkMailNote, MailHint } from "./link-mail-note.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { isWholeUser, UserFields } from "./user-fields.tsx";

/** One user: what they are, and what an admin can do about their signing in. */
export function UserSheet({
  user,
  sendsMail,
  onChanged,
  onClose,
}: {
  /** As they are by now. */
  readonly user: UserRow;
  /** Whether the server can mail them a link. */
  readonly sendsMail: boolean;
  /** Also once this is closed: another one may be open for the same user. */
  readonly onChanged: (user: UserRow) => void;
  readonly onClose: () => void;
}) {
  const { access } = useApi();
  const mayEdit = useMay("users.edit");
  const mayReadLog = useMay("auditLog.read");
  // What is not typed over follows what others save meanwhile.
  const [typed, setTyped] = useState<Partial<UserRequest>>({});
  const draft: UserRequest = { name: user.name, role: user.role, stores: user.stores, ...typed };
  const saving = useSaving();
  return (
    <Sheet title={user.name} closeLabel={t("common.close")} onClose={onClose}>
      <p className="mb-4 flex flex-wrap gap-x-4 text-soft">
        <span className="break-all">{user.email}</span>
        {mayReadLog && (
          <a href={addressOf("auditLog", { by: user.id })} className="text-brand underline" onClick={onClose}>
            {t("users.did")}
          </a>
        )}
      </p>
      {mayEdit ? (
        <>
          <form
            className="space-y-4"
            onSubmit={(event) => {
              event.preventDefault();
              saving.save(async () => {
                const answer = await access.changeUser(user.id, { ...draft, name: draft.name.trim() });
                if (!answer.ok) return answer;
                setTyped((now) => (now === typed ? {} : now));
                onChanged(answer.value);
                return answer;
              });
            }}
          >
            <UserFields
              draft={draft}
              onChange={({ name, role, stores }) => {
                // Where somebody works goes with what they are.
                const isAsBefore = role === draft.role && stores === draft.stores;
                setTyped({
                  ...typed,
                  ...(name === draft.name ? {} : { name }),
                  ...(isAsBefore ? {} : { role, stores }),
                });
                saving.forget();
              }}
            />
            {isWholeUser(draft) && <SaveRow saving={saving} done={t("users.saved")} />}
          </form>
          <SigningIn user={user} sendsMail={sendsMail} onChanged={onChanged} />
        </>
      ) : (
        <p>{t(`role.${user.role}`)}</p>
      )}
    </Sheet>
  );
}

/** What can be done about how a user signs in; each is done at once. */
function SigningIn({
  user,
  sendsMail,
  onChanged,
}: {
  readonly user: UserRow;
  readonly sendsMail: boolean;
  readonly onChanged: (user: UserRow) => void;
}) {
  const { access } = useApi();
  const [made, setMade] = useState<InvitedAnswer | null>(null);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function act(asked: Promise<Answer<UserRow>>, words: string): Promise<void> {
    const answer = await asked;
    setProblem(answer.ok ? null : answer.reason);
    setSaid(answer.ok ? words : "");
    if (answer.ok) onChanged(answer.value);
  }
  async function makeLink(): Promise<void> {
    const answer = await access.linkFor(user.id);
    setProblem(answer.ok ? null : answer.reason);
    if (answer.ok) {
      setMade(answer.value);
      onChanged(answer.value.user);
    }
  }
  function mailLink(): void {
    setMade(null);
    void act(access.mailLinkTo(id), "");
  }
  const { id, name } = user;
  return (
    <section aria-label={t("users.access")} className="mt-6 space-y-4 border-line border-t pt-4">
      <h3 className="font-semibold">{t("users.access")}</h3>
      <ProblemNote problem={problem} />
      {made !== null && made.link !== null && <LinkCard made={{ ...made, link: made.link }} />}
      {user.linkMail !== null && <LinkMailNote key={user.linkMail.askedAt} user={user} />}
      {user.active && (
        <div className="flex flex-wrap gap-2">
          {sendsMail && (
            <Button look="primary" onPress={mailLink}>
              {t(user.joined ? "users.mailReset" : "users.mailAgain")}
            </Button>
          )}
          <Button onPress={() => makeLink()}>{t(user.joined ? "users.reset" : "users.again")}</Button>
          <Button onPress={() => act(access.endSessionsOf(id), t("users.sessionsEnded"))}>
            {t("users.endSessions")}
          </Button>
          {user.hasTotp && (
            <Button onPress={() => act(access.dropTotpOf(id), t("users.totpDropped"))}>
              {t("users.dropTotp")}
            </Button>
          )}
        </div>
      )}
      {user.active && sendsMail && <MailHint />}
      <p role="status" className="text-soft">
        {said}
      </p>
      <div className="flex items-center justify-between gap-4">
        <p className="text-soft text-sm">
          {t(user.active ? "users.dismiss.lead" : "users.takeBack.lead", { name })}
        </p>
        {user.active ? (
          <Button look="danger" onPress={() => act(access.dismiss(id), "")}>
            {t("users.dismiss")}
          </Button>
        ) : (
          <Button onPress={() => act(access.takeBack(id), "")}>{t("users.takeBack")}</Button>
        )}
      </div>
    </section>
  );
}
