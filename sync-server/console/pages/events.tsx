import { Radio } from "lucide-react";
import { useCallback, useState } from "react";
import { dateTimeText, numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { IntegrationsTabs } from "./integrations-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 5_000;
const STEP = 50;

/** The feed of events as an ERP reads it: from a cursor on, in order. */
export function EventsPage() {
  const { integrations } = useApi();
  const { type = "", after = "0" } = useAsk();
  const from = /^\d{1,15}$/.test(after) ? Number(after) : 0;
  const [shown, setShown] = useState<string | null>(null);
  const { data, problem } = usePolled(
    useCallback(
      () => integrations.events({ after: from, types: type, limit: STEP }),
      [integrations, from, type],
    ),
    REFRESH_MS,
  );

  return (
    <>
      <PageTitle title={t("nav.connectors")}>
        <IntegrationsTabs page="events" />
        <Select
          label={t("events.type")}
          value={type}
          choices={[
            { value: "", text: t("events.allTypes") },
            ...(data?.types ?? []).map((each) => ({ value: each.type, text: each.type })),
          ]}
          onChange={(chosen) => showAsk("events", { type: chosen })}
        />
      </PageTitle>
      <p className="mb-4 max-w-3xl text-soft">{t("events.lead")}</p>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.events.length === 0 ? (
          <Empty icon={<Radio aria-hidden size={32} />}>{t("events.none")}</Empty>
        ) : (
          <Table
            label={t("integrations.tab.events")}
            columns={[
              { title: t("events.cursor"), align: "right" },
              { title: t("events.at") },
              { title: t("events.type") },
              { title: t("events.data") },
            ]}
          >
            {(data?.events ?? []).map((event) => (
              <Row key={event.cursor}>
                <Cell align="right">{numberText(event.cursor)}</Cell>
                <Cell className="figures whitespace-nowrap">{dateTimeText(event.at)}</Cell>
                <Cell className="whitespace-nowrap font-medium">{event.type}</Cell>
                <Cell>
                  <button
                    type="button"
                    aria-expanded={shown === event.id}
                    aria-label={t("events.show", { id: event.id })}
                    onClick={() => setShown(shown === event.id ? null : event.id)}
                    className="figures min-h-10 max-w-xl break-all text-left text-brand hover:underline"
                  >
                    {event.id}
                  </button>
                  {shown === event.id && (
                    <pre className="mt-2 max-h-96 max-w-2xl overflow-auto whitespace-pre-wrap break-all rounded-xl bg-sunken p-3 text-sm">
                      {JSON.stringify(event.data, null, 2)}
                    </pre>
                  )}
                </Cell>
              </Row>
            ))}
          </Table>
        )}
      </Panel>
      <div className="mt-4 flex justify-center gap-3">
        {from > 0 && (
          <Button onPress={() => showAsk("events", { type }, { replace: false })}>{t("events.newer")}</Button>
        )}
        {data?.caughtUp === false && (
          <Button onPress={() => showAsk("events", { type, after: String(data.next) }, { replace: false })}>
            {t("events.next")}
          </Button>
        )}
      </div>
    </>
  );
}
