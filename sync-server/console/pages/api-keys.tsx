import { KeyRound } from "lucide-react";
import { useState } from "react";
import type { KeyRow } from "#protocol/hq/keys.ts";
import type { ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { useToldOnce } from "../use-told-once.ts";
import { IntegrationsTabs } from "./integrations-tabs.tsx";
import { NewKeySheet } from "./new-key-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { SecretOnce } from "./secret-once.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 10_000;

/** The keys by which other programs ask: each with what it opens and when it was last used. */
export function ApiKeysPage() {
  const { integrations } = useApi();
  const { data, problem, reload } = usePolled(integrations.keys, REFRESH_MS);
  const making = useOpened<"key">();
  const made = useToldOnce<{ readonly name: string; readonly key: string }>();
  const [leaving, setLeaving] = useState<KeyRow | null>(null);
  const [failure, setFailure] = useState<ApiProblem | null>(null);

  async function revoke({ id }: KeyRow): Promise<void> {
    setLeaving(null);
    const answer = await integrations.revokeKey(id);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  return (
    <>
      <PageTitle title={t("nav.connectors")}>
        <IntegrationsTabs page="apiKeys" />
        <a href="/docs/" target="_blank" rel="noreferrer" className="font-medium text-brand hover:underline">
          {t("integrations.docs")}
        </a>
        <May right="integrations.edit" everywhere>
          <Button look="primary" onPress={() => making.open("key")}>
            {t("apiKeys.make")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={failure ?? problem} />
      <Panel>
        {data?.keys.length === 0 ? (
          <Empty icon={<KeyRound aria-hidden size={32} />}>{t("apiKeys.none")}</Empty>
        ) : (
          <KeyTable keys={data?.keys ?? []} onRevoke={setLeaving} />
        )}
      </Panel>
      {making.what !== null && (
        <NewKeySheet
          onMade={(key) => {
            making.close();
            made.tell(key);
            reload();
          }}
          onClose={making.close}
        />
      )}
      {made.now !== undefined && (
        <SecretOnce
          key={made.now.key}
          title={t("apiKeys.created", { name: made.now.name })}
          lead={t("apiKeys.once")}
          secret={made.now.key}
          onClose={made.done}
        />
      )}
      {leaving !== null && (
        <Sheet
          title={t("apiKeys.revoke.title", { name: leaving.name || leaving.id })}
          closeLabel={t("common.close")}
          onClose={() => setLeaving(null)}
        >
          <p className="text-soft">{t("apiKeys.revoke.lead")}</p>
          <div className="mt-6 flex justify-end gap-3">
            <Button onPress={() => setLeaving(null)}>{t("common.cancel")}</Button>
            <Button look="danger" onPress={() => revoke(leaving)}>
              {t("apiKeys.revoke")}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}

function KeyTable({
  keys,
  onRevoke,
}: {
  readonly keys: readonly KeyRow[];
  readonly onRevoke: (key: KeyRow) => void;
}) {
  return (
    <Table
      label={t("integrations.tab.apiKeys")}
      columns={[
        { title: t("apiKeys.name") },
        { title: t("apiKeys.scope") },
        { title: t("apiKeys.channels") },
        { title: t("apiKeys.made") },
        { title: t("apiKeys.used") },
        { title: t("apiKeys.revoke"), align: "right" },
      ]}
    >
      {keys.map((key) => (
        <Row key={key.id}>
          <Cell>
            <span className="block font-medium">{key.name || key.id}</span>
            <span className="figures block text-soft text-sm">{key.id}</span>
          </Cell>
          <Cell>{t(`keyScope.${key.scope}`)}</Cell>
          <Cell>
            {key.scope === "shop" ? key.channels.join(", ") || t("apiKeys.allChannels") : t("common.none")}
          </Cell>
          <Cell className="figures whitespace-nowrap">{dateTimeText(key.createdAt)}</Cell>
          <Cell className="whitespace-nowrap">
            {key.lastUsedAt === null ? t("apiKeys.neverUsed") : <When at={key.lastUsedAt} />}
          </Cell>
          <Cell align="right">
            {key.yours ? (
              <Badge tone="neutral">{t("apiKeys.yours")}</Badge>
            ) : (
              <May right="integrations.edit" everywhere>
                <Button
                  look="quietDanger"
                  aria-label={t("apiKeys.revokeOf", { name: key.name || key.id })}
                  onPress={() => onRevoke(key)}
                >
                  {t("apiKeys.revoke")}
                </Button>
              </May>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
