import { ArrowLeft, CircleCheckBig, Download } from "lucide-react";
import { useCallback, useState } from "react";
import type { AuditCheckName } from "#domain/data-audit/checks.ts";
import type { AuditOwnerRow, AuditRow, AuditRowsAnswer } from "#protocol/hq/data-audit.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { type Ask, addressOf, showAsk, useAsk } from "../use-route.ts";
import { AuditOwnerSheet } from "./data-audit-owner-sheet.tsx";
import { CountAgain, FixLink, OwnerCell, SeverityBadge } from "./data-audit-parts.tsx";
import { channelText, dateOf, factsText, trendText, weekText } from "./data-audit-words.ts";
import { download } from "./download.ts";
import { Pager } from "./pager.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 30_000;
const PAGE_SIZE = 50;
const ALL = "";

interface Giving {
  readonly store: string | null;
  readonly owner: AuditOwnerRow | null;
}

/** What one check finds now, each with where it is set right, and how stores compare. */
export function AuditCheckPage({ check }: { readonly check: AuditCheckName }) {
  const { dataAudit } = useApi();
  const ask = useAsk();
  const store = ask.store ?? null;
  const channel = ask.channel ?? null;
  const offset = Number(ask.offset ?? 0) || 0;
  const { data, problem, reload } = usePolled(
    useCallback(
      () => dataAudit.rows(check, { store, channel, offset, limit: PAGE_SIZE }),
      [dataAudit, check, store, channel, offset],
    ),
    REFRESH_MS,
  );
  const { what: giving, open: give, close } = useOpened<Giving>();
  const [fileProblem, setFileProblem] = useState<ApiProblem | null>(null);
  const show = (changes: Ask) => showAsk("dataAudit", { ...ask, offset: "", ...changes });
  return (
    <>
      <a
        href={addressOf("dataAudit")}
        className="mb-1 inline-flex min-h-10 items-center gap-2 text-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden size={18} />
        {t("dataAudit.back")}
      </a>
      <PageTitle title={t(`auditCheck.${check}`)}>
        <Tools check={check} answer={data} ask={ask} onShow={show} onProblem={setFileProblem} />
        <CountAgain onCounted={reload} />
      </PageTitle>
      <ProblemNote problem={problem ?? fileProblem} />
      {data !== null && (
        <>
          <Summary answer={data} onGive={() => give({ store: null, owner: data.check.owner })} />
          {data.stores.length > 0 && (
            <Stores answer={data} onShow={(code) => show({ store: code })} onGive={give} />
          )}
          <Rows check={check} rows={data.rows} />
          <Pager
            offset={offset}
            total={data.total}
            size={PAGE_SIZE}
            onMove={(next) => show({ offset: String(next) })}
          />
        </>
      )}
      {giving !== null && (
        <AuditOwnerSheet
          check={{ check }}
          store={giving.store}
          owner={giving.owner}
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

/** Which of them are shown, and the file of these. */
function Tools({
  check,
  answer,
  ask: { store, channel },
  onShow,
  onProblem,
}: {
  readonly check: AuditCheckName;
  readonly answer: AuditRowsAnswer | null;
  readonly ask: Ask;
  readonly onShow: (changes: Ask) => void;
  readonly onProblem: (problem: ApiProblem | null) => void;
}) {
  const { dataAudit } = useApi();
  async function save(): Promise<void> {
    const file = await dataAudit.file(check, { store: store ?? null, channel: channel ?? null });
    onProblem(file.ok ? null : file.reason);
    if (file.ok) download(file.value, `data-audit-${check}.csv`);
  }
  return (
    <>
      {answer?.check.scope === "store" && (
        <StoreSelect
          value={store ?? null}
          none={t("common.allStores")}
          onChange={(code) => onShow({ store: code ?? "" })}
        />
      )}
      {answer !== null && answer.channels.length > 0 && (
        <ChannelSelect
          channels={answer.channels}
          value={channel ?? null}
          onChange={(next) => onShow({ channel: next })}
        />
      )}
      <Button onPress={() => save()}>
        <Download aria-hidden size={18} />
        {t("dataAudit.csv")}
      </Button>
    </>
  );
}

function ChannelSelect({
  channels,
  value,
  onChange,
}: {
  readonly channels: AuditRowsAnswer["channels"];
  readonly value: string | null;
  readonly onChange: (channel: string) => void;
}) {
  return (
    <Select
      label={t("dataAudit.channel")}
      value={value ?? ALL}
      choices={[
        { value: ALL, text: t("dataAudit.channel.all") },
        ...channels.map(({ channel, count }) => ({
          value: channel,
          text: `${channelText(channel)} (${numberText(count)})`,
        })),
      ]}
      onChange={onChange}
    />
  );
}

/** How it stands with all of it. */
function Summary({ answer, onGive }: { readonly answer: AuditRowsAnswer; readonly onGive: () => void }) {
  const { check } = answer;
  return (
    <Panel className="mb-5 p-5">
      <div className="flex flex-wrap items-center gap-x-8 gap-y-3">
        <span className="figures font-semibold text-3xl">{numberText(answer.total)}</span>
        <SeverityBadge severity={check.severity} />
        <Sparkline values={check.trend.map(({ count }) => count)} label={trendText(check.trend)} />
        <span className="text-soft">
          {[
            check.perThousandTickets === null
              ? ""
              : t("dataAudit.perThousand", { rate: numberText(check.perThousandTickets) }),
            weekText(check),
            check.since === null ? "" : `${t("dataAudit.column.since")} ${dateOf(check.since)}`,
          ]
            .filter((text) => text !== "")
            .join(" · ")}
        </span>
        <OwnerCell owner={check.owner} name={t(`auditCheck.${check.check}`)} onGive={onGive} />
        <span className="ml-auto">
          <FixLink check={check.check} fix={check.fix} words={t("dataAudit.fixAll")} />
        </span>
      </div>
      {check.owner !== null && check.owner.note !== "" && <p className="mt-3">{check.owner.note}</p>}
    </Panel>
  );
}

function Stores({
  answer: { check, stores },
  onShow,
  onGive,
}: {
  readonly answer: AuditRowsAnswer;
  readonly onShow: (code: string) => void;
  readonly onGive: (giving: Giving) => void;
}) {
  const isCompared = check.counted === "period";
  return (
    <Panel title={t("dataAudit.stores")} className="mb-5">
      <div className="max-h-96 overflow-y-auto" tabIndex={-1}>
        <Table
          label={t("dataAudit.stores")}
          columns={[
            { title: t("dataAudit.stores.store") },
            { title: t("dataAudit.column.count"), align: "right" },
            ...(isCompared
              ? ([
                  { title: t("dataAudit.stores.tickets"), align: "right" },
                  { title: t("dataAudit.stores.rate"), align: "right" },
                ] as const)
              : []),
            { title: t("dataAudit.column.owner") },
          ]}
        >
          {stores.map(({ store, name, count, tickets, perThousandTickets, owner }) => (
            <Row key={store}>
              <Cell>{`${store} · ${name}`}</Cell>
              <Cell align="right">
                <Button
                  look="quiet"
                  aria-label={t("dataAudit.stores.open", { store, count: numberText(count) })}
                  onPress={() => onShow(store)}
                  className="px-3"
                >
                  {numberText(count)}
                </Button>
              </Cell>
              {isCompared && <Cell align="right">{numberText(tickets)}</Cell>}
              {isCompared && (
                <Cell align="right">
                  {perThousandTickets === null ? t("common.none") : numberText(perThousandTickets)}
                </Cell>
              )}
              <Cell>
                <OwnerCell owner={owner} name={store} onGive={() => onGive({ store, owner })} />
              </Cell>
            </Row>
          ))}
        </Table>
      </div>
    </Panel>
  );
}

function Rows({ check, rows }: { readonly check: AuditCheckName; readonly rows: readonly AuditRow[] }) {
  if (rows.length === 0)
    return (
      <Panel>
        <Empty icon={<CircleCheckBig aria-hidden size={32} />}>{t("dataAudit.rows.empty")}</Empty>
      </Panel>
    );
  return (
    <Panel>
      <Table
        label={t(`auditCheck.${check}`)}
        columns={[
          { title: t("dataAudit.row.what") },
          { title: t("dataAudit.row.where") },
          { title: t("dataAudit.row.facts") },
          { title: t("dataAudit.row.when") },
          { title: t("dataAudit.row.fix") },
        ]}
      >
        {rows.map((row) => (
          <FoundRow key={row.id} check={check} row={row} />
        ))}
      </Table>
    </Panel>
  );
}

function FoundRow({ check, row }: { readonly check: AuditCheckName; readonly row: AuditRow }) {
  const { label, store, channels, facts, at, fix } = row;
  const places = [...(store === null ? [] : [store]), ...channels.map(channelText)];
  return (
    <Row>
      <Cell className="font-medium">{label === "" ? t("common.none") : label}</Cell>
      <Cell>{places.length === 0 ? t("common.none") : places.join(", ")}</Cell>
      <Cell>{factsText(check, facts)}</Cell>
      <Cell className="whitespace-nowrap">{at === null ? t("common.none") : <When at={at} />}</Cell>
      <Cell>
        <FixLink
          check={check}
          fix={fix}
          words={t("dataAudit.row.fix")}
          label={t("dataAudit.row.fixNamed", { what: label })}
        />
      </Cell>
    </Row>
  );
}
