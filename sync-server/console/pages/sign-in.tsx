import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Form, Input, Label, TextField } from "react-aria-components";
import { Api } from "../api.ts";
import type { ApiProblem } from "../ask.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { problemText } from "./problem-note.tsx";

/** Asks for HQ's key and tries it before it lets anyone in. */
export function SignInPage({ onSignIn }: { readonly onSignIn: (key: string) => void }) {
  const [key, setKey] = useState("");
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function check() {
    setChecking(true);
    const answer = await new Api(key.trim()).stores();
    setChecking(false);
    if (answer.ok) onSignIn(key.trim());
    else setProblem(answer.reason);
  }

  return (
    <div className="flex min-h-full items-center justify-center bg-side p-6">
      <div className="w-full max-w-md rounded-3xl bg-surface p-8 shadow-2xl">
        <img src="/console/icon.svg" alt={t("app.name")} className="size-12" />
        <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("signIn.title")}</h1>
        <p className="mt-2 text-soft">{t("signIn.lead")}</p>
        <Form
          className="mt-6"
          onSubmit={(event) => {
            event.preventDefault();
            void check();
          }}
        >
          <TextField value={key} onChange={setKey} type="password" isRequired autoFocus>
            <Label className="mb-1.5 block font-medium">{t("signIn.key")}</Label>
            <Input
              autoComplete="off"
              className="min-h-12 w-full rounded-xl border border-line bg-paper px-4 text-ink"
            />
          </TextField>
          {problem !== null && (
            <p role="alert" className="mt-3 text-danger">
              {problemText(problem)}
            </p>
          )}
          <Button look="primary" type="submit" isDisabled={isChecking} className="mt-5 min-h-12 w-full">
            <KeyRound aria-hidden size={18} />
            {t(isChecking ? "signIn.checking" : "signIn.submit")}
          </Button>
        </Form>
      </div>
    </div>
  );
}
