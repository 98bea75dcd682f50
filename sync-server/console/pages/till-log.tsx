import { useState } from "react";
import type { TillDetail } from "#protocol/hq/tills.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

/** The newest of what went on at a till, as it says when it is asked. */
export function TillLog({
  detail: { till, log },
  onAsked,
}: {
  readonly detail: TillDetail;
  readonly onAsked: () => void;
}) {
  const { shops } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  async function ask(): Promise<void> {
    const answer = await shops.diagnoseTill(till.id);
    setProblem(answer.ok ? null : answer.reason);
    onAsked();
  }
  return (
    <FieldGroup title={t("tills.log")}>
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="max-w-sm text-soft text-sm">
          {log !== null && log.at === null ? t("tills.log.waiting") : t("tills.log.none")}
        </p>
        <May right="tills.diagnose">
          <Button onPress={() => ask()} isDisabled={till.state === "revoked"}>
            {log === null ? t("tills.log.ask") : t("tills.log.again")}
          </Button>
        </May>
      </div>
      {log !== null && log.at !== null && (
        <>
          <p className="text-soft text-sm">
            {t("tills.health.saidAt")} <When at={log.at} />
          </p>
          {log.lines.length === 0 ? (
            <p className="text-soft">{t("tills.log.empty")}</p>
          ) : (
            <ol
              aria-label={t("tills.log")}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
              className="max-h-72 space-y-1 overflow-y-auto rounded-xl border border-line p-3"
            >
              {log.lines.toReversed().map((line, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and two may say the same
                <li key={place} className="flex gap-3 text-sm">
                  <span className="figures shrink-0 text-soft">{dateTimeText(line.at)}</span>
                  {line.level === "error" && <Badge tone="bad">{t("tills.log.level.error")}</Badge>}
                  <span className="min-w-0 break-words">{line.words}</span>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </FieldGroup>
  );
}
