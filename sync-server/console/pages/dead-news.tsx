import { useState } from "react";
import type { DeadNews } from "#protocol/hq/connectors.ts";
import type { Settling } from "../api.ts";
import type { ApiProblem } from "../ask.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 3_000;

/** What shops were to be told and never took; nothing where there is none. */
export function DeadNewsPanel() {
  const api = useApi();
  const { data, problem, reload } = usePolled(api.deadNews, REFRESH_MS);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const dead = data?.dead ?? [];
  if (dead.length === 0) return <ProblemNote problem={problem} />;

  async function settle({ connector, event }: DeadNews, how: Settling): Promise<void> {
    const which = { connector, event };
    const answer = how === "replay" ? await api.replayNews(which) : await api.dismissNews(which);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  return (
    <>
      <ProblemNote problem={failure ?? problem} />
      <Panel title={t("connectors.deadNews")} className="mb-5">
        <ul>
          {dead.map((news) => (
            <li
              key={`${news.connector} ${news.event}`}
              className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-3 last:border-b-0"
            >
              <div className="min-w-0 flex-1 basis-80">
                <p>
                  <span className="font-medium">{news.type}</span>
                  <span className="text-soft">{` · ${news.channel}`}</span>
                </p>
                <p className="mt-0.5 break-words text-sm">{news.lastFailure}</p>
              </div>
              <div className="flex items-center gap-3 text-soft">
                <When at={news.at} />
                <Button look="quiet" onPress={() => settle(news, "dismiss")}>
                  {t("connectors.dismiss")}
                </Button>
                <Button onPress={() => settle(news, "replay")}>{t("connectors.replay")}</Button>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
