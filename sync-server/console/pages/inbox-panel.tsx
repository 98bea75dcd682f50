import { useCallback, useState } from "react";
import type { ConnectorRow, InboxRow } from "#protocol/hq/connectors.ts";
import type { Settling } from "../api.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tNamed } from "../translate.ts";
import { Badge, type Tone } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;
const STEP = 50;
const MAX_SHOWN = 200;
const ANY = "";
const STATES = ["dead", "waiting", "taken", "ignored"] as const;
const TONES: Readonly<Record<InboxRow["state"], Tone>> = {
  taken: "good",
  waiting: "warn",
  dead: "bad",
  ignored: "neutral",
};

/** What shops sent, what became of it and why; what waits or was given up can be tried again. */
export function InboxPanel({ connectors }: { readonly connectors: readonly ConnectorRow[] }) {
  const api = useApi();
  const [state, setState] = useState<InboxRow["state"] | null>(null);
  const [limit, setLimit] = useState(STEP);
  const { data, problem, reload } = usePolled(
    useCallback(() => api.inbox({ state, limit }), [api, state, limit]),
    REFRESH_MS,
  );
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const channels = new Map(connectors.map(({ id, channel }) => [id, channel]));

  async function settle(message: InboxRow, how: Settling): Promise<void> {
    const answer = await api.settleMessage(message, how);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  const messages = data?.messages ?? [];
  return (
    <>
      <ProblemNote problem={failure ?? problem} />
      <Panel
        title={t("inbox.title")}
        aside={
          <Select
            label={t("inbox.show")}
            value={state ?? ANY}
            choices={[
              { value: ANY, text: t("inbox.all") },
              ...STATES.map((each) => ({ value: each, text: tNamed("messageState", each) })),
            ]}
            onChange={(chosen) => setState(STATES.find((each) => each === chosen) ?? null)}
          />
        }
      >
        {data !== null && messages.length === 0 && (
          <Empty>{t(state === null ? "inbox.none" : "inbox.noneSuch")}</Empty>
        )}
        <ul>
          {messages.map((message) => (
            <MessageLine
              key={message.cursor}
              message={message}
              channel={channels.get(message.connector) ?? ""}
              onSettle={(how) => settle(message, how)}
            />
          ))}
        </ul>
      </Panel>
      {messages.length === limit && limit < MAX_SHOWN && (
        <div className="mt-4 text-center">
          <Button onPress={() => setLimit(limit + STEP)}>{t("common.more")}</Button>
        </div>
      )}
    </>
  );
}

function MessageLine({
  message,
  channel,
  onSettle,
}: {
  readonly message: InboxRow;
  readonly channel: string;
  readonly onSettle: (how: Settling) => Promise<void>;
}) {
  const { topic, externalId, state, reason, tries, receivedAt } = message;
  const isOpen = state === "waiting" || state === "dead";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          <span className="font-medium">{topic}</span>
          <span className="text-soft">
            {` · ${channel}`}
            {externalId !== null && ` · ${t("inbox.order", { id: externalId })}`}
          </span>
        </p>
        {reason !== "" && <p className="mt-0.5 break-words text-sm">{reason}</p>}
        {isOpen && tries > 1 && (
          <p className="mt-0.5 text-soft text-sm">{t("inbox.tries", { count: numberText(tries) })}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3 text-soft">
        <When at={receivedAt} />
        <Badge tone={TONES[state]}>{tNamed("messageState", state)}</Badge>
        {isOpen && (
          <May right="integrations.edit">
            <Button look="quiet" onPress={() => onSettle("dismiss")}>
              {t("connectors.dismiss")}
            </Button>
            <Button onPress={() => onSettle("replay")}>{t("connectors.replay")}</Button>
          </May>
        )}
      </div>
    </li>
  );
}
