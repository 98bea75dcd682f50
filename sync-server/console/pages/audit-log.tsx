import { ScrollText } from "lucide-react";
import { useCallback, useState } from "react";
import type { TrailRow } from "#protocol/hq/access.ts";
import { dateTimeText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { type Ask, showAsk, useAsk } from "../use-route.ts";
import { ProblemNote } from "./problem-note.tsx";
import { TrailSheet } from "./trail-sheet.tsx";
import { spaced, trailWords } from "./trail-words.ts";
import { UsersTabs } from "./users-tabs.tsx";

const REFRESH_MS = 10_000;

/** What people and programs asked HQ to change; the address says of whom, of what and when. */
export function AuditLogPage() {
  const { access } = useApi();
  const ask = useAsk();
  const { by = "", subject = "", id = "", from = "", until = "", before = "" } = ask;
  const [opened, setOpened] = useState<TrailRow | null>(null);
  const { data, problem } = usePolled(
    useCallback(
      () =>
        access.auditLog({
          by,
          subject,
          id: subject === "" ? "" : id,
          from: startOf(from, 0),
          until: startOf(until, 1),
          before: /^\d+$/.test(before) ? Number(before) : null,
        }),
      [access, by, subject, id, from, until, before],
    ),
    REFRESH_MS,
  );
  return (
    <>
      <PageTitle title={t("nav.auditLog")}>
        <UsersTabs page="auditLog" />
      </PageTitle>
      <p className="mb-4 text-soft">{t("auditLog.lead")}</p>
      <Filters ask={ask} onAsk={(changes) => showAsk("auditLog", { ...ask, before: "", ...changes })} />
      <ProblemNote problem={problem} />
      <Panel>
        {data?.entries.length === 0 ? (
          <Empty icon={<ScrollText aria-hidden size={32} />}>{t("auditLog.empty")}</Empty>
        ) : (
          <TrailTable entries={data?.entries ?? []} onOpen={setOpened} />
        )}
      </Panel>
      <div className="mt-4 flex justify-center gap-3">
        {before !== "" && (
          <Button onPress={() => showAsk("auditLog", { ...ask, before: "" }, { replace: false })}>
            {t("auditLog.newest")}
          </Button>
        )}
        {data?.next != null && (
          <Button
            onPress={() => showAsk("auditLog", { ...ask, before: String(data.next) }, { replace: false })}
          >
            {t("auditLog.older")}
          </Button>
        )}
      </div>
      {opened !== null && <TrailSheet entry={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Filters({ ask, onAsk }: { readonly ask: Ask; readonly onAsk: (changes: Ask) => void }) {
  const choices = useAskedOnce(useApi().access.auditLogChoices).known;
  const { by = "", subject = "", id = "", from = "", until = "" } = ask;
  const people = choices?.people.map((each) => ({ value: each.id, text: each.name })) ?? [];
  const subjects = choices?.subjects.map((each) => ({ value: each, text: spaced(each) })) ?? [];
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <LabelledSelect
        label={t("auditLog.by")}
        value={by}
        choices={[{ value: "", text: t("auditLog.everybody") }, ...withOwn(people, by)]}
        onChange={(chosen) => onAsk({ by: chosen })}
      />
      <LabelledSelect
        label={t("auditLog.subject")}
        value={subject}
        choices={[{ value: "", text: t("auditLog.everything") }, ...withOwn(subjects, subject)]}
        onChange={(chosen) => onAsk({ subject: chosen, id: "" })}
      />
      <TextField
        label={t("auditLog.from")}
        type="date"
        value={from}
        onChange={(day) => onAsk({ from: day })}
      />
      <TextField
        label={t("auditLog.until")}
        type="date"
        value={until}
        onChange={(day) => onAsk({ until: day })}
      />
      {subject !== "" && id !== "" && (
        <p className="flex items-center gap-2">
          {t("auditLog.id", { id })}
          <Button look="quiet" onPress={() => onAsk({ id: "" })}>
            {t("auditLog.id.clear")}
          </Button>
        </p>
      )}
    </div>
  );
}

/** What the address asks for is a choice, too, where the log does not know it (yet). */
function withOwn(choices: readonly { readonly value: string; readonly text: string }[], own: string) {
  const isKnown = own === "" || choices.some(({ value }) => value === own);
  return isKnown ? choices : [...choices, { value: own, text: own }];
}

/** When a day of this browser's begins, or the one after it; null where it is none. */
function startOf(day: string, later: 0 | 1): number | null {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(at) ? null : at;
}

function TrailTable({
  entries,
  onOpen,
}: {
  readonly entries: readonly TrailRow[];
  readonly onOpen: (entry: TrailRow) => void;
}) {
  return (
    <Table
      label={t("nav.auditLog")}
      columns={[
        { title: t("auditLog.when") },
        { title: t("auditLog.who") },
        { title: t("auditLog.what") },
        { title: t("auditLog.came") },
      ]}
    >
      {entries.map((entry) => (
        <Row key={entry.cursor} className="hover:bg-sunken/60">
          <Cell className="figures whitespace-nowrap">{dateTimeText(entry.at)}</Cell>
          <Cell>
            {entry.by.name === "" ? t("auditLog.nobody") : entry.by.name}
            {entry.by.kind !== "user" && (
              <span className="text-soft"> · {t(`auditLog.${entry.by.kind}`)}</span>
            )}
          </Cell>
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(entry)}
              aria-label={t("auditLog.open", { what: trailWords(entry), when: dateTimeText(entry.at) })}
              className="min-h-10 text-left font-medium text-brand hover:underline"
            >
              {trailWords(entry)}
            </button>
          </Cell>
          <Cell>
            <Outcome entry={entry} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function Outcome({ entry: { outcome } }: { readonly entry: TrailRow }) {
  const tone = outcome === "done" ? "good" : outcome === "refused" ? "bad" : "warn";
  return <Badge tone={tone}>{t(`auditLog.${outcome}`)}</Badge>;
}
