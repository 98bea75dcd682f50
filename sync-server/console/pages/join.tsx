import { useCallback, useState } from "react";
import type { JoiningLinkName } from "#protocol/hq/access.ts";
import { Api } from "../api.ts";
import { EntryFrame } from "../entry-frame.tsx";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { problemText } from "./problem-note.tsx";
import { Complaint, useSaving } from "./save-row.tsx";

const { access } = new Api();

/** What a one-time link opens: the first admin, somebody who was invited, or who forgot, chooses a password. */
export function JoinPage({
  link,
  onJoined,
  onLeave,
}: {
  readonly link: { readonly kind: JoiningLinkName; readonly token: string };
  /** With the e-mail address that they sign in with. */
  readonly onJoined: (email: string) => void;
  readonly onLeave: () => void;
}) {
  const { known, problem } = useAskedOnce(useCallback(() => access.lookAtLink(link), [link]));
  if (problem !== null) {
    const isGone = problem.kind === "refused";
    return (
      <EntryFrame title={t("join.gone.title")} lead={isGone ? t("join.gone.lead") : problemText(problem)}>
        <Button className="mt-6 min-h-12 w-full" onPress={onLeave}>
          {t("join.toSignIn")}
        </Button>
      </EntryFrame>
    );
  }
  if (known === null) return null;
  return (
    <EntryFrame
      title={t(`join.${link.kind}.title`, { name: known.user?.name ?? "" })}
      lead={t(`join.${link.kind}.lead`)}
    >
      <PasswordForm link={link} user={known.user} onJoined={onJoined} />
    </EntryFrame>
  );
}

function PasswordForm({
  link,
  user,
  onJoined,
}: {
  readonly link: { readonly kind: JoiningLinkName; readonly token: string };
  /** Null: who comes says who they are. */
  readonly user: { readonly email: string; readonly name: string } | null;
  readonly onJoined: (email: string) => void;
}) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState(user?.email ?? "");
  const [password, setPassword] = useState("");
  const saving = useSaving();
  function join(): void {
    saving.save(async () => {
      const own = user === null ? { email: email.trim(), name: name.trim() } : {};
      const answer = await access.acceptLink({ ...link, password, ...own });
      if (answer.ok) onJoined(email.trim());
      return answer;
    });
  }
  return (
    <form
      className="mt-6 space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        join();
      }}
    >
      {user === null && (
        <TextField label={t("join.name")} autoComplete="name" hasFocus value={name} onChange={setName} />
      )}
      <TextField
        label={t("signIn.email")}
        type="email"
        autoComplete="username"
        isReadOnly={user !== null}
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t("join.password")}
        hint={t("join.password.hint")}
        type="password"
        autoComplete="new-password"
        hasFocus={user !== null}
        value={password}
        onChange={setPassword}
      />
      <Complaint saving={saving} />
      <Button look="primary" type="submit" isDisabled={saving.state === "busy"} className="min-h-12 w-full">
        {t("join.submit")}
      </Button>
    </form>
  );
}
