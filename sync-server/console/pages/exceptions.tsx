import { ShieldCheck } from "lucide-react";
import { useCallback, useMemo } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { ExceptionRow, TicketRow } from "#protocol/hq/console.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t, tNamed } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const NAMES_REFRESH_MS = 60_000;
/** Exceptions speak of recent tickets; those further back keep their ids. */
const TICKETS_KNOWN_BY_NAME = 500;

export function ExceptionsPage() {
  const api = useApi();
  const { data, problem } = usePolled(api.exceptions, REFRESH_MS);
  const recent = usePolled(
    useCallback(() => api.tickets({ store: null, before: null, limit: TICKETS_KNOWN_BY_NAME }), [api]),
    NAMES_REFRESH_MS,
  );
  const names = useMemo(() => namesIn(recent.data?.tickets ?? []), [recent.data]);
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
            <ExceptionLine key={exception.id} exception={exception} names={names} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

/** What people call the tickets and variants that exceptions know by id. */
function namesIn(tickets: readonly TicketRow[]): ReadonlyMap<string, string> {
  return new Map(
    tickets.flatMap(({ id, number, ticket }): [string, string][] => [
      [id, number],
      ...ticket.lines.map((line): [string, string] => [
        line.variant,
        [line.name, variantLabel(line.options), line.sku].filter((text) => text !== "").join(" · "),
      ]),
    ]),
  );
}

function ExceptionLine({
  exception,
  names,
}: {
  readonly exception: ExceptionRow;
  readonly names: ReadonlyMap<string, string>;
}) {
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
              <dd className="figures break-words">{names.get(value) ?? value}</dd>
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
