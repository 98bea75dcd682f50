import { useCallback, useState } from "react";
import type { AttemptRow, WebhookRow } from "#protocol/hq/webhooks.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { dateTimeText, numberText } from "../format.ts";
import { May } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { isKey, t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Empty } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 3_000;
const SHOWN = 100;

/** One endpoint: what was tried, and what can be done about it. */
export function EndpointSheet({
  endpoint,
  onChanged,
  onClose,
}: {
  readonly endpoint: WebhookRow;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { integrations } = useApi();
  const { id, url, types, pausedAt, dead } = endpoint;
  const [onlyFailed, setOnlyFailed] = useState(false);
  const { data, problem, reload } = usePolled(
    useCallback(
      () => integrations.attempts(id, { onlyFailed, limit: SHOWN }),
      [integrations, id, onlyFailed],
    ),
    REFRESH_MS,
  );
  const [said, setSaid] = useState("");
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const { what: doing, open: begin, close: leave } = useOpened<"edit" | "remove">();

  /** Whether it was done. */
  async function act<T>(asked: Promise<Answer<T>>, words: (value: T) => string): Promise<boolean> {
    const answer = await asked;
    setFailure(answer.ok ? null : answer.reason);
    setSaid(answer.ok ? words(answer.value) : "");
    reload();
    onChanged();
    return answer.ok;
  }

  async function remove(): Promise<void> {
    // Why it was not removed stands above what it is. One that was is not in the list any more, nor is its sheet.
    if (!(await act(integrations.removeWebhook(id), () => ""))) leave();
  }

  if (doing === "edit")
    return (
      <EndpointForm
        known={endpoint}
        onSave={(wanted) => integrations.changeWebhook(id, { ...wanted, paused: pausedAt !== null })}
        onSaved={() => {
          leave();
          onChanged();
        }}
        onClose={leave}
      />
    );
  if (doing === "remove")
    return (
      <Sheet title={t("webhooks.remove.title")} closeLabel={t("common.close")} onClose={leave}>
        <p className="break-all font-medium">{url}</p>
        <p className="mt-2 text-soft">{t("webhooks.remove.lead")}</p>
        <div className="mt-6 flex justify-end gap-3">
          <Button onPress={leave}>{t("common.cancel")}</Button>
          <Button look="danger" onPress={remove}>
            {t("webhooks.remove")}
          </Button>
        </div>
      </Sheet>
    );
  return (
    <Sheet title={url} closeLabel={t("common.close")} isWide onClose={onClose}>
      <ProblemNote problem={failure ?? problem} />
      <May right="integrations.edit">
        <div className="mb-4 flex flex-wrap gap-2">
          <Button
            onPress={() =>
              act(integrations.testWebhook(id), ({ failure: why, tookMs }) =>
                why === null
                  ? t("webhooks.tested", { ms: numberText(tookMs) })
                  : t("webhooks.testFailed", { failure: failureText(why) }),
              )
            }
          >
            {t("webhooks.test")}
          </Button>
          <Button
            onPress={() =>
              act(
                integrations.changeWebhook(id, { url, types: [...types], paused: pausedAt === null }),
                () => "",
              )
            }
          >
            {t(pausedAt === null ? "webhooks.pause" : "webhooks.resume")}
          </Button>
          <Button onPress={() => begin("edit")}>{t("webhooks.edit")}</Button>
          {dead > 0 && (
            <Button
              look="primary"
              onPress={() =>
                act(integrations.replayDead(id), ({ replayed }) => tCount("webhooks.replayed", replayed))
              }
            >
              {t("webhooks.replay")}
            </Button>
          )}
          <Button look="quietDanger" onPress={() => begin("remove")}>
            {t("webhooks.remove")}
          </Button>
        </div>
      </May>
      <p role="status" className={said === "" ? "sr-only" : "mb-3 rounded-xl bg-sunken px-4 py-3"}>
        {said}
      </p>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h3 className="font-semibold">{t("webhooks.attempts")}</h3>
        <Check label={t("webhooks.onlyFailed")} checked={onlyFailed} onChange={setOnlyFailed} />
      </div>
      {data?.attempts.length === 0 ? (
        <Empty>{t("webhooks.attempts.none")}</Empty>
      ) : (
        <Attempts
          attempts={data?.attempts ?? []}
          onAgain={(event) => act(integrations.sendAgain(id, event), () => t("webhooks.attempt.sent"))}
        />
      )}
    </Sheet>
  );
}

function Attempts({
  attempts,
  onAgain,
}: {
  readonly attempts: readonly AttemptRow[];
  readonly onAgain: (event: string) => Promise<boolean>;
}) {
  const mayEdit = useMay("integrations.edit");
  return (
    <Table
      label={t("webhooks.attempts")}
      columns={[
        { title: t("webhooks.attempt.at") },
        { title: t("webhooks.attempt.event") },
        { title: t("webhooks.attempt.came") },
        { title: t("webhooks.attempt.took"), align: "right" },
        { title: t("webhooks.attempt.again"), align: "right" },
      ]}
    >
      {attempts.map(({ cursor, at, event, type, failure, tookMs }) => (
        <Row key={cursor}>
          <Cell className="figures whitespace-nowrap">{dateTimeText(at)}</Cell>
          <Cell>
            <span className="block">{type}</span>
            <span className="figures block break-all text-soft text-sm">{event}</span>
          </Cell>
          <Cell>
            <Badge tone={failure === null ? "good" : "bad"}>
              {failure === null ? t("webhooks.attempt.taken") : failureText(failure)}
            </Badge>
          </Cell>
          <Cell align="right">{t("webhooks.attempt.tookMs", { ms: numberText(tookMs) })}</Cell>
          <Cell align="right">
            {mayEdit && type !== "test" && (
              <Button
                look="quiet"
                aria-label={t("webhooks.attempt.againOf", { event })}
                onPress={() => onAgain(event)}
              >
                {t("webhooks.attempt.again")}
              </Button>
            )}
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function failureText(failure: string): string {
  const key = `webhooks.failure.${failure}`;
  return isKey(key) ? t(key) : failure;
}
