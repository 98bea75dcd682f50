import { useState } from "react";
import type { Consent } from "#domain/customer/customer.ts";
import type { CustomerView } from "#protocol/hq/customers.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { isKey, t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** Who said what of a customer, where and when, and which profiles became one; the newest first. */
export function CustomerSaid({
  view,
  onChanged,
}: {
  readonly view: CustomerView;
  readonly onChanged: () => void;
}) {
  const { people } = useApi();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const undo = async (id: string): Promise<void> => {
    const answer = await people.undoMerge(id);
    setProblem(answer.ok ? null : answer.reason);
    onChanged();
  };
  return (
    <Panel title={t("customers.said")}>
      <div className="px-5 py-2">
        <ProblemNote problem={problem} />
        {view.merges.length + view.edits.length === 0 && (
          <p className="py-3 text-soft">{t("customers.saidNothing")}</p>
        )}
        <ul aria-label={t("customers.said")} className="divide-y divide-line">
          {view.merges.map((merge) => (
            <li key={merge.id} className="flex flex-wrap items-center gap-3 py-3">
              <div className="min-w-0 flex-1">
                <p className="font-medium">{t("customers.mergedWith", { name: merge.former.name })}</p>
                <p className="text-soft text-sm">
                  {dateTimeText(merge.at)} ·{" "}
                  {merge.by === ""
                    ? t("customers.mergedByServer")
                    : t("customers.mergedBy", { who: merge.by })}
                </p>
              </div>
              {merge.undone === null ? (
                <May right="customers.privacy">
                  <Button onPress={() => undo(merge.id)}>{t("customers.undo")}</Button>
                </May>
              ) : (
                <span className="text-soft text-sm">
                  {t("customers.undone")} · {dateTimeText(merge.undone.at)}
                </span>
              )}
            </li>
          ))}
          {view.edits.map((edit) => (
            <li key={edit.id} className="py-3">
              <p className="font-medium">
                {t(`customers.${edit.kind}`)}
                <span className="font-normal text-soft text-sm">
                  {" "}
                  · {edit.source} · {dateTimeText(edit.at)}
                </span>
              </p>
              {whatChanged(edit).map(([field, value]) => (
                <p key={field} className="break-words text-sm">
                  {t("customers.becomes", {
                    field: fieldName(field),
                    before: shown(edit.before[field]),
                    after: shown(value),
                  })}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

/** Of an edit that said again what was there already nothing is shown. */
function whatChanged({ changes, before }: CustomerView["edits"][number]): readonly [string, unknown][] {
  return Object.entries(changes)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field] ?? null))
    .map(([field, value]) => [
      field,
      field === "consents" ? (changes.consents ?? []).map(consentText) : value,
    ]);
}

function consentText({ purpose, given }: Consent): string {
  return `${t(`customers.consent.${purpose}`)}: ${t(given ? "customers.given" : "customers.withdrawn")}`;
}

function fieldName(field: string): string {
  const key = `customers.field.${field}`;
  return isKey(key) ? t(key) : field;
}

/** A value in one line. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return t("customers.none");
  if (Array.isArray(value)) return value.length === 0 ? t("customers.none") : value.map(shown).join("; ");
  if (typeof value === "object")
    return Object.values(value)
      .filter((each) => each !== null && each !== "")
      .map(shown)
      .join(", ");
  return String(value);
}
