import { ListChecks } from "lucide-react";
import { AUDIT_CHECK_NAMES, AUDIT_GROUPS } from "#domain/data-audit/checks.ts";
import type { AuditCheckRow, DataAuditAnswer } from "#protocol/hq/data-audit.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf, useAsk } from "../use-route.ts";
import { AuditCheckPage } from "./data-audit-check.tsx";
import { AuditOwnerSheet } from "./data-audit-owner-sheet.tsx";
import { CountAgain, OwnerCell, SeverityBadge } from "./data-audit-parts.tsx";
import { dateOf, trendText, weekText } from "./data-audit-words.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 60_000;

/** The friction list, or what one of its checks finds where the address names one. */
export function DataAuditPage() {
  const asked = useAsk().check;
  const check = AUDIT_CHECK_NAMES.find((each) => each === asked);
  return check === undefined ? <AllChecks /> : <AuditCheckPage key={check} check={check} />;
}

function AllChecks() {
  const { dataAudit } = useApi();
  const { data, problem, reload } = usePolled(dataAudit.checks, REFRESH_MS);
  const { what: given, open: give, close } = useOpened<AuditCheckRow>();
  return (
    <>
      <PageTitle title={t("dataAudit.title")}>
        {data !== null && data.countedAt !== null && (
          <span className="text-soft">
            {t("dataAudit.countedAt")} <When at={data.countedAt} />
          </span>
        )}
        <CountAgain onCounted={reload} />
      </PageTitle>
      <p className="mb-4 text-soft">{t("dataAudit.lead")}</p>
      <ProblemNote problem={problem} />
      {data === null ? (
        problem === null && (
          <Panel>
            <Empty icon={<ListChecks aria-hidden size={32} />}>{t("dataAudit.counting")}</Empty>
          </Panel>
        )
      ) : (
        <Groups answer={data} onGive={give} />
      )}
      {given !== null && (
        <AuditOwnerSheet
          check={given}
          store={null}
          owner={given.owner}
          onDone={() => {
            close();
            reload();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function Groups({
  answer: { checks },
  onGive,
}: {
  readonly answer: DataAuditAnswer;
  readonly onGive: (check: AuditCheckRow) => void;
}) {
  const groups = AUDIT_GROUPS.map((group) => ({
    group,
    own: checks.filter((each) => each.group === group),
  })).filter(({ own }) => own.length > 0);
  return groups.map(({ group, own }) => (
    <Panel key={group} title={t(`dataAudit.group.${group}`)} className="mb-5">
      <Table
        label={t(`dataAudit.group.${group}`)}
        columns={[
          { title: t("dataAudit.column.check") },
          { title: t("dataAudit.column.severity") },
          { title: t("dataAudit.column.count"), align: "right" },
          { title: t("dataAudit.column.trend") },
          { title: t("dataAudit.column.since") },
          { title: t("dataAudit.column.owner") },
        ]}
      >
        {own.map((check) => (
          <CheckRow key={check.check} check={check} onGive={() => onGive(check)} />
        ))}
      </Table>
    </Panel>
  ));
}

function CheckRow({ check, onGive }: { readonly check: AuditCheckRow; readonly onGive: () => void }) {
  const name = t(`auditCheck.${check.check}`);
  const { count, perThousandTickets, trend, since, owner } = check;
  return (
    <Row>
      <Cell className="min-w-48">
        <a
          href={addressOf("dataAudit", { check: check.check })}
          className="inline-flex min-h-10 items-center font-medium underline decoration-line underline-offset-4 hover:decoration-current"
        >
          {name}
        </a>
      </Cell>
      <Cell className="w-44">
        {count === 0 ? (
          <Badge tone="good">{t("dataAudit.clean")}</Badge>
        ) : (
          <SeverityBadge severity={check.severity} />
        )}
      </Cell>
      <Cell align="right" className="w-40">
        <span className="font-semibold">{numberText(count)}</span>
        <span className="block text-soft text-sm">
          {perThousandTickets === null
            ? weekText(check)
            : t("dataAudit.perThousand", { rate: numberText(perThousandTickets) })}
        </span>
      </Cell>
      <Cell className="w-36">
        <Sparkline values={trend.map((each) => each.count)} label={trendText(trend)} />
      </Cell>
      <Cell className="w-32 whitespace-nowrap">{since === null ? t("common.none") : dateOf(since)}</Cell>
      <Cell className="w-40">
        <OwnerCell owner={owner} name={name} onGive={onGive} />
      </Cell>
    </Row>
  );
}
