import { type ReactNode, useState } from "react";
import type { Answer, ApiProblem } from "../ask.ts";
import { useOwnName } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** An act that is kept with the name of whoever is signed in. `children` are its own fields. */
export function ActForm({
  submit,
  look = "primary",
  isReady,
  onSubmit,
  onCancel,
  children,
}: {
  readonly submit: string;
  readonly look?: "primary" | "danger";
  /** All that the act needs was given. */
  readonly isReady: boolean;
  readonly onSubmit: (by: string) => Promise<Answer<unknown>>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const by = useOwnName();
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function act(): Promise<void> {
    const answer = await onSubmit(by);
    setProblem(answer.ok ? null : answer.reason);
  }

  return (
    <div className="mt-5 space-y-4 rounded-2xl bg-sunken p-4">
      <ProblemNote problem={problem} />
      {children}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look={look} isDisabled={!isReady} onPress={() => act()}>
          {submit}
        </Button>
      </div>
    </div>
  );
}
