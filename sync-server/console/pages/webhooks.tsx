import { Webhook } from "lucide-react";
import type { WebhookRow } from "#protocol/hq/webhooks.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf, showAsk, useAsk } from "../use-route.ts";
import { useToldOnce } from "../use-told-once.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { EndpointSheet } from "./endpoint-sheet.tsx";
import { IntegrationsTabs } from "./integrations-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SecretOnce } from "./secret-once.tsx";

const REFRESH_MS = 5_000;

/** Where events go, whether they arrive, and what waits. */
export function WebhooksPage() {
  const { integrations } = useApi();
  const { endpoint: openedId } = useAsk();
  const { data, problem, reload } = usePolled(integrations.webhooks, REFRESH_MS);
  const adding = useOpened<"endpoint">();
  const added = useToldOnce<{ readonly url: string; readonly secret: string }>();
  const opened = data?.endpoints.find(({ id }) => id === openedId);

  return (
    <>
      <PageTitle title={t("nav.connectors")}>
        <IntegrationsTabs page="webhooks" />
        <May right="integrations.edit">
          <Button look="primary" onPress={() => adding.open("endpoint")}>
            {t("webhooks.add")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.endpoints.length === 0 ? (
          <Empty icon={<Webhook aria-hidden size={32} />}>
            {t("webhooks.none")} {t("webhooks.none.hint")}
          </Empty>
        ) : (
          <EndpointTable endpoints={data?.endpoints ?? []} />
        )}
      </Panel>
      {adding.what !== null && (
        <EndpointForm
          known={null}
          onSave={(wanted) => integrations.addWebhook(wanted)}
          onSaved={(endpoint) => {
            adding.close();
            added.tell(endpoint);
            reload();
          }}
          onClose={adding.close}
        />
      )}
      {added.now !== undefined && (
        <SecretOnce
          key={added.now.secret}
          title={t("webhooks.secret", { url: added.now.url })}
          lead={t("webhooks.secret.once")}
          secret={added.now.secret}
          onClose={added.done}
        />
      )}
      {opened !== undefined && (
        <EndpointSheet
          key={opened.id}
          endpoint={opened}
          onChanged={reload}
          onClose={() => showAsk("webhooks", {})}
        />
      )}
    </>
  );
}

function EndpointTable({ endpoints }: { readonly endpoints: readonly WebhookRow[] }) {
  return (
    <Table
      label={t("integrations.tab.webhooks")}
      columns={[
        { title: t("webhooks.url") },
        { title: t("webhooks.types") },
        { title: t("webhooks.state") },
        { title: t("webhooks.waiting"), align: "right" },
        { title: t("webhooks.dead"), align: "right" },
      ]}
    >
      {endpoints.map((endpoint) => (
        <Row key={endpoint.id} className="hover:bg-sunken/60">
          <Cell>
            <a
              href={addressOf("webhooks", { endpoint: endpoint.id })}
              aria-label={t("webhooks.open", { url: endpoint.url })}
              className="break-all font-medium text-brand hover:underline"
            >
              {endpoint.url}
            </a>
          </Cell>
          <Cell>
            {endpoint.types.length === 0
              ? t("webhooks.types.all")
              : tCount("webhooks.types.count", endpoint.types.length)}
          </Cell>
          <Cell>
            <EndpointBadge endpoint={endpoint} />
          </Cell>
          <Cell align="right">{numberText(endpoint.waiting)}</Cell>
          <Cell align="right">{numberText(endpoint.dead)}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function EndpointBadge({ endpoint: { pausedAt, dead } }: { readonly endpoint: WebhookRow }) {
  if (pausedAt !== null) return <Badge tone="neutral">{t("webhooks.state.paused")}</Badge>;
  if (dead > 0) return <Badge tone="bad">{t("webhooks.state.failing")}</Badge>;
  return <Badge tone="good">{t("webhooks.state.on")}</Badge>;
}
