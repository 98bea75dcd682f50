import { useCallback, useState } from "react";
import type { CaseId, CustomerId } from "#domain/ids.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { CaseBadge } from "./case-badge.tsx";
import { CaseSheet } from "./case-sheet.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 5_000;
const MAX_SHOWN = 50;

/** What a customer came with, in whichever store; nothing where there is nothing. */
export function CustomerCases({ customer }: { readonly customer: CustomerId }) {
  const api = useApi();
  const [opened, setOpened] = useState<CaseId | null>(null);
  const { data, reload } = usePolled(
    useCallback(
      () => api.cases({ filter: "all", store: null, customer, search: "", limit: MAX_SHOWN }),
      [api, customer],
    ),
    REFRESH_MS,
  );
  if (data === null || data.cases.length === 0) return null;
  return (
    <Panel title={t("nav.cases")}>
      <ul aria-label={t("nav.cases")} className="divide-y divide-line px-5 py-1">
        {data.cases.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-3 py-2">
            <button
              type="button"
              onClick={() => setOpened(row.id)}
              aria-label={t("cases.open", { number: row.number })}
              className="figures font-medium text-brand hover:underline"
            >
              {row.number}
            </button>
            <CaseBadge status={row.status} outcome={row.outcome} />
            <span className="min-w-0 flex-1">{row.productName}</span>
            <span className="text-soft text-sm">
              <When at={row.openedAt} />
            </span>
          </li>
        ))}
      </ul>
      {opened !== null && <CaseSheet id={opened} onChanged={reload} onClose={() => setOpened(null)} />}
    </Panel>
  );
}
