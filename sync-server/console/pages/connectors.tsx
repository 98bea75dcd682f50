import { Plug } from "lucide-react";
import { useState } from "react";
import type { AddConnectorAnswer, ConnectorRow } from "#protocol/hq/connectors.ts";
import type { ApiProblem } from "../ask.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { useToldOnce } from "../use-told-once.ts";
import { AddConnectorSheet } from "./add-connector-sheet.tsx";
import { ConnectorLine } from "./connector-line.tsx";
import { DeadNewsPanel } from "./dead-news.tsx";
import { InboxPanel } from "./inbox-panel.tsx";
import { IntegrationsTabs } from "./integrations-tabs.tsx";
import { LocationsSheet } from "./locations-sheet.tsx";
import { MailsPanel } from "./mails-panel.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 3_000;

export function ConnectorsPage() {
  const api = useApi();
  const { data, problem, reload } = usePolled(api.connectors, REFRESH_MS);
  const adding = useOpened<"connector">();
  const added = useToldOnce<AddConnectorAnswer>();
  const [leaving, setLeaving] = useState<ConnectorRow | null>(null);
  const placing = useOpened<ConnectorRow>();
  const [failure, setFailure] = useState<ApiProblem | null>(null);

  async function remove({ id }: ConnectorRow): Promise<void> {
    setLeaving(null);
    const answer = await api.removeConnector(id);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  const connectors = data?.connectors ?? [];
  return (
    <>
      <PageTitle title={t("nav.connectors")}>
        <IntegrationsTabs page="connectors" />
        <May right="integrations.edit">
          <Button look="primary" isDisabled={data === null} onPress={() => adding.open("connector")}>
            {t("connectors.add")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={failure ?? problem} />
      <Panel className="mb-5">
        {data !== null && connectors.length === 0 && (
          <Empty icon={<Plug aria-hidden size={32} />}>{t("connectors.none")}</Empty>
        )}
        <ul>
          {connectors.map((connector) => (
            <ConnectorLine
              key={connector.id}
              connector={connector}
              onLocations={() => placing.open(connector)}
              onRemove={() => setLeaving(connector)}
            />
          ))}
        </ul>
      </Panel>
      {connectors.length > 0 && (
        <>
          <DeadNewsPanel />
          <InboxPanel connectors={connectors} />
        </>
      )}
      <MailsPanel />
      {adding.what !== null && (
        <AddConnectorSheet
          platforms={data?.platforms ?? []}
          onAdded={(answer) => {
            adding.close();
            added.tell(answer);
            reload();
          }}
          onClose={adding.close}
        />
      )}
      {added.now !== undefined && (
        <AddedSheet key={added.now.webhookPath} added={added.now} onClose={added.done} />
      )}
      {placing.what !== null && (
        <LocationsSheet
          connector={placing.what}
          onDone={() => {
            placing.close();
            reload();
          }}
          onClose={placing.close}
        />
      )}
      {leaving !== null && (
        <Sheet
          title={t("connectors.removeTitle", { channel: leaving.channel })}
          closeLabel={t("common.close")}
          onClose={() => setLeaving(null)}
        >
          <p className="text-soft">{t("connectors.removeLead")}</p>
          <div className="mt-6 flex justify-end gap-3">
            <Button onPress={() => setLeaving(null)}>{t("common.cancel")}</Button>
            <Button look="danger" onPress={() => remove(leaving)}>
              {t("connectors.remove")}
            </Button>
          </div>
        </Sheet>
      )}
    </>
  );
}

/** What has to be entered in the shop; the secret is here alone. */
function AddedSheet({
  added,
  onClose,
}: {
  readonly added: AddConnectorAnswer;
  readonly onClose: () => void;
}) {
  return (
    <Sheet
      title={t("connectors.addedTitle", { channel: added.channel })}
      closeLabel={t("common.close")}
      isHeld={added.webhookSecret !== null}
      onClose={onClose}
    >
      <p className="text-soft">{t("connectors.addedLead")}</p>
      <p className="mt-2 select-all break-all rounded-2xl bg-sunken p-4 font-mono text-sm">
        {`${window.location.origin}${added.webhookPath}`}
      </p>
      {added.webhookSecret !== null && (
        <>
          <p className="mt-4 text-soft">{t("connectors.addedSecret")}</p>
          <p className="mt-2 select-all break-all rounded-2xl bg-brand-soft p-4 font-mono text-brand-strong text-sm">
            {added.webhookSecret}
          </p>
        </>
      )}
    </Sheet>
  );
}
