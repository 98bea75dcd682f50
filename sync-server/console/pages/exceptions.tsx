import { ShieldCheck } from "lucide-react";
import type { ExceptionRow } from "#protocol/hq/console.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;

export function ExceptionsPage() {
  const { data, problem } = usePolled(useApi().exceptions, REFRESH_MS);
  return (
    <>
      <PageTitle title={t("nav.exceptions")} />
      <ProblemNote problem={problem} />
      <Panel>
        {data?.exceptions.length === 0 && (
          <Empty icon={<ShieldCheck aria-hidden size={36} className="text-brand" />}>
            {t("exceptions.none")}
          </Empty>
        )}
        <ul>
          {data?.exceptions.map((exception) => (
            <ExceptionLine key={exception.id} exception={exception} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function ExceptionLine({ exception }: { readonly exception: ExceptionRow }) {
  const lead = `exception.${exception.kind}.lead`;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-4 last:border-b-0">
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="font-semibold">{tNamed("exception", exception.kind)}</h2>
        <p className="mt-0.5 text-soft">{t(isKey(lead) ? lead : "exception.other.lead")}</p>
        <dl className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-sm">
          {Object.entries(exception.detail).map(([name, value]) => (
            <div key={name} className="flex gap-1.5">
              <dt className="text-soft">{tNamed("detail", name)}</dt>
              <dd className="figures break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="flex items-center gap-3 text-soft">
        <span>{exception.store}</span>
        <When at={exception.raisedAt} />
        {exception.resolved ? (
          <Badge tone="good">{t("exceptions.resolved")}</Badge>
        ) : (
          <Badge tone="warn">{t("exceptions.open")}</Badge>
        )}
      </div>
    </li>
  );
}
