import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { SessionAnswer } from "#protocol/hq/access.ts";
import { Api } from "../api.ts";
import type { ApiProblem } from "../ask.ts";
import { EntryFrame } from "../entry-frame.tsx";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import { problemText } from "./problem-note.tsx";

/** The words for a sign-in that went wrong. */
export function signInProblemText(problem: ApiProblem): string {
  return problem.kind === "unanswered" ? t("signIn.unanswered") : problemText(problem);
}

/** Asks for e-mail address and password, and for a code where the user has set one up. */
export function SignInPage({
  email: known = "",
  notice,
  onSignedIn,
}: {
  /** Where it is known who comes. */
  readonly email?: string;
  /** What led here; null: nothing to tell. */
  readonly notice: string | null;
  readonly onSignedIn: (session: SessionAnswer) => void;
}) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isAskedForCode = problem?.kind === "refused" && problem.detail === "codeNeeded";

  async function check(): Promise<void> {
    setChecking(true);
    const answer = await new Api().access.signIn({ email, password, code: code ?? "" });
    setChecking(false);
    if (answer.ok) {
      onSignedIn(answer.value);
      return;
    }
    setProblem(answer.reason);
    if (answer.reason.kind === "refused" && answer.reason.detail === "codeNeeded") setCode("");
  }

  return (
    <EntryFrame title={t("signIn.title")} lead={t("signIn.lead")}>
      {notice !== null && (
        <p role="status" className="mt-4 rounded-xl bg-brand-soft px-4 py-3 text-brand-strong">
          {notice}
        </p>
      )}
      <form
        className="mt-6 space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <TextField
          label={t("signIn.email")}
          type="email"
          autoComplete="username"
          hasFocus={known === ""}
          value={email}
          onChange={setEmail}
        />
        <TextField
          label={t("signIn.password")}
          type="password"
          autoComplete="current-password"
          hasFocus={known !== ""}
          value={password}
          onChange={setPassword}
        />
        {code !== null && (
          <TextField
            label={t("signIn.code")}
            hint={t("signIn.code.hint")}
            autoComplete="one-time-code"
            hasFocus
            value={code}
            onChange={setCode}
          />
        )}
        {problem !== null && !isAskedForCode && (
          <p role="alert" className="text-danger">
            {signInProblemText(problem)}
          </p>
        )}
        <Button look="primary" type="submit" isDisabled={isChecking} className="min-h-12 w-full">
          <KeyRound aria-hidden size={18} />
          {t(isChecking ? "signIn.checking" : "signIn.submit")}
        </Button>
        <p className="text-soft text-sm">{t("signIn.forgotten")}</p>
      </form>
    </EntryFrame>
  );
}
