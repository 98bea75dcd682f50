import type { ApiProblem } from "../ask.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";

/** Whether the page is being kept up to date. */
export function LiveMark({ problem }: { readonly problem: ApiProblem | null }) {
  return problem === null ? (
    <Badge tone="good">{t("live.on")}</Badge>
  ) : (
    <Badge tone="bad">{t("live.off")}</Badge>
  );
}
