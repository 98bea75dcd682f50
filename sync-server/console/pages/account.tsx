import { useState } from "react";
import type { OwnSession } from "#protocol/hq/access.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { useApi, useSignedIn } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { TotpPanel } from "./totp-panel.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 10_000;

/** One's own account: password, second step, and where one is signed in. */
export function AccountPage() {
  const { user } = useSignedIn().session;
  return (
    <>
      <PageTitle title={t("account.title")}>
        {user !== null && (
          <span className="text-soft">
            {user.name} · {user.email} · {t(`role.${user.role}`)}
            {user.stores !== null && ` · ${user.stores.join(", ")}`}
          </span>
        )}
      </PageTitle>
      <div className="grid gap-5 lg:grid-cols-2">
        <PasswordPanel email={user?.email ?? ""} />
        <TotpPanel isOn={user?.hasTotp ?? false} />
        <SessionsPanel />
      </div>
    </>
  );
}

function PasswordPanel({ email }: { readonly email: string }) {
  const { access } = useApi();
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const saving = useSaving();
  return (
    <Panel title={t("account.password")}>
      <form
        className="space-y-4 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          saving.save(async () => {
            const answer = await access.changePassword({ password, next });
            if (answer.ok) {
              setPassword("");
              setNext("");
            }
            return answer;
          });
        }}
      >
        {/* By it a password manager knows whose password is changed. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <TextField
          label={t("account.password.now")}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <TextField
          label={t("account.password.next")}
          hint={t("join.password.hint")}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <SaveRow saving={saving} done={t("account.password.done")} label={t("account.password.change")} />
      </form>
    </Panel>
  );
}

function SessionsPanel() {
  const { access } = useApi();
  const { data, problem, reload } = usePolled(access.ownSessions, REFRESH_MS);
  const [failure, setFailure] = useState<ApiProblem | null>(null);
  const sessions = data?.sessions ?? [];
  async function end(asked: Promise<Answer<unknown>>): Promise<void> {
    const answer = await asked;
    setFailure(answer.ok ? null : answer.reason);
    reload();
  }
  return (
    <Panel
      title={t("account.sessions")}
      className="lg:col-span-2"
      aside={
        sessions.length > 1 && (
          <Button onPress={() => end(access.endOtherSessions())}>{t("account.sessions.others")}</Button>
        )
      }
    >
      <ProblemNote problem={failure ?? problem} />
      <Table
        label={t("account.sessions")}
        columns={[
          { title: t("account.sessions.where") },
          { title: t("account.sessions.address") },
          { title: t("account.sessions.since") },
          { title: t("account.sessions.seen") },
          { title: "" },
        ]}
      >
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => end(access.endSession(session.id))} />
        ))}
      </Table>
    </Panel>
  );
}

function SessionRow({
  session: { isThis, agent, address, createdAt, seenAt },
  onEnd,
}: {
  readonly session: OwnSession;
  readonly onEnd: () => Promise<void>;
}) {
  const named = agent === "" ? t("account.sessions.unknown") : agent;
  return (
    <Row>
      <Cell className="break-words">{named}</Cell>
      <Cell>{address}</Cell>
      <Cell className="whitespace-nowrap">
        <When at={createdAt} />
      </Cell>
      <Cell className="whitespace-nowrap">
        <When at={seenAt} />
      </Cell>
      <Cell align="right">
        {isThis ? (
          <Badge tone="good">{t("account.sessions.this")}</Badge>
        ) : (
          <Button aria-label={t("account.sessions.endOne", { agent: named })} onPress={onEnd}>
            {t("account.sessions.end")}
          </Button>
        )}
      </Cell>
    </Row>
  );
}
