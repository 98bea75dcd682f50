import { Mail } from "lucide-react";
import { useCallback, useState } from "react";
import type { MailRow } from "#protocol/hq/mails.ts";
import { MAIL_FILTERS, type MailFilter } from "../api.ts";
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
const TONES: Readonly<Record<MailRow["standing"], Tone>> = {
  sent: "good",
  waitingForSale: "neutral",
  waiting: "warn",
  dead: "bad",
};

/** Receipts by e-mail: what waits, what was given up and why, and what was sent of late. */
export function MailsPanel() {
  const api = useApi();
  const [filter, setFilter] = useState<MailFilter>("all");
  const load = useCallback(() => api.mails(filter), [api, filter]);
  const { data, problem, reload } = usePolled(load, REFRESH_MS);
  const [failure, setFailure] = useState<ApiProblem | null>(null);

  async function retry({ id }: MailRow): Promise<void> {
    const answer = await api.retryMail(id);
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  async function retryAll(): Promise<void> {
    const answer = await api.retryDeadMails();
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }

  return (
    <>
      <ProblemNote problem={failure ?? problem} />
      <Panel
        title={t("mails.title")}
        className="mb-5"
        aside={
          data !== null && (
            <span className="flex flex-wrap items-center gap-2">
              {data.waiting > 0 && (
                <Badge tone="warn">{t("connectors.waiting", { count: numberText(data.waiting) })}</Badge>
              )}
              {data.dead > 0 && (
                <>
                  <Badge tone="bad">{t("connectors.dead", { count: numberText(data.dead) })}</Badge>
                  <Button onPress={() => retryAll()}>{t("mails.retryAll")}</Button>
                </>
              )}
              <Select
                label={t("mails.show")}
                choices={MAIL_FILTERS.map((value) => ({ value, text: t(`mailFilter.${value}`) }))}
                value={filter}
                onChange={(value) => setFilter(MAIL_FILTERS.find((known) => known === value) ?? "all")}
              />
            </span>
          )
        }
      >
        {data !== null && !data.configured && (
          <p className="border-line border-b bg-warn-soft px-5 py-3 text-warn">{t("mails.notConfigured")}</p>
        )}
        {data !== null && data.mails.length === 0 && (
          <Empty icon={<Mail aria-hidden size={32} />}>
            {t(filter === "all" ? "mails.none" : "mails.noneSuch")}
          </Empty>
        )}
        <ul>
          {data?.mails.map((mail) => (
            <MailLine key={mail.id} mail={mail} onRetry={() => retry(mail)} />
          ))}
        </ul>
      </Panel>
    </>
  );
}

function MailLine({ mail, onRetry }: { readonly mail: MailRow; readonly onRetry: () => Promise<void> }) {
  const { number, document, email, standing, askedAt, sentAt, tries, lastFailure } = mail;
  const isOpen = standing === "waiting" || standing === "dead";
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-5 py-3 last:border-b-0">
      <div className="min-w-0 flex-1 basis-80">
        <p>
          <span className="font-medium">
            {number === null ? t(`mails.${document}`) : `${t(`mails.${document}`)} ${number}`}
          </span>
          <span className="break-all text-soft">{` · ${email}`}</span>
        </p>
        {lastFailure !== null && <p className="mt-0.5 break-words text-sm">{lastFailure}</p>}
        {isOpen && tries > 1 && (
          <p className="mt-0.5 text-soft text-sm">{t("inbox.tries", { count: numberText(tries) })}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-3 text-soft">
        <When at={sentAt ?? askedAt} />
        <Badge tone={TONES[standing]}>{tNamed("mailStanding", standing)}</Badge>
        {isOpen && (
          <May right="customers.edit">
            <Button onPress={onRetry}>{t("connectors.replay")}</Button>
          </May>
        )}
      </div>
    </li>
  );
}
