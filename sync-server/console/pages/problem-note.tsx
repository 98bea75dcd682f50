import { CloudOff } from "lucide-react";
import type { ApiProblem } from "../ask.ts";
import { t } from "../translate.ts";

/** The words for a call that went wrong. */
export function problemText(problem: ApiProblem): string {
  switch (problem.kind) {
    case "refused":
      return problem.message;
    case "unreachable":
      return t("problem.unreachable");
    case "unheard":
      return t("problem.unheard");
    case "unanswered":
      return t("problem.unanswered");
    case "unauthorised":
      return t("session.ended");
    case "strange":
      return t("problem.strange");
  }
}

/** Says above a page that what it shows may be old; nothing when all is well. */
export function ProblemNote({ problem }: { readonly problem: ApiProblem | null }) {
  if (problem === null) return null;
  return (
    <p role="alert" className="mb-4 flex items-center gap-3 rounded-xl bg-danger-soft px-4 py-3 text-danger">
      <CloudOff aria-hidden size={18} className="shrink-0" />
      {problemText(problem)}
    </p>
  );
}
