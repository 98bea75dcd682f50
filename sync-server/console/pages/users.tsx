import { UserSearch } from "lucide-react";
import { useCallback, useState } from "react";
import type { UserRow } from "#protocol/hq/access.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useFollowed } from "../use-followed.ts";
import { usePolled } from "../use-polled.ts";
import { showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { InviteSheet } from "./invite-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { UserSheet } from "./user-sheet.tsx";
import { UsersTabs } from "./users-tabs.tsx";
import { When } from "./when.tsx";

const REFRESH_MS = 10_000;
const FILTERS = ["active", "dismissed", "all"] as const;
type Filter = (typeof FILTERS)[number];
const ACTIVE: Readonly<Record<Filter, boolean | null>> = { active: true, dismissed: false, all: null };

/** Who may sign in to the console, and as what. */
export function UsersPage() {
  const { access } = useApi();
  const { state = "active" } = useAsk();
  const filter = FILTERS.find((each) => each === state) ?? "active";
  const [typed, setTyped] = useState("");
  const search = useSettled(typed);
  const [after, setAfter] = useState<string | null>(null);
  const [opened, setOpened] = useState<UserRow | "new" | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(
      () => access.users({ search, active: ACTIVE[filter], after }),
      [access, search, filter, after],
    ),
    REFRESH_MS,
  );
  const followed = useFollowed(data?.users ?? null);
  const close = () => {
    setOpened(null);
    reload();
  };
  return (
    <>
      <PageTitle title={t("nav.users")}>
        <UsersTabs page="users" />
      </PageTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <input
          type="search"
          aria-label={t("users.search")}
          placeholder={t("users.search")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAfter(null);
          }}
          className="min-h-10 w-64 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("users.filter")}
          value={filter}
          choices={FILTERS.map((each) => ({ value: each, text: t(`users.filter.${each}`) }))}
          onChange={(chosen) => {
            setAfter(null);
            showAsk("users", { state: chosen === "active" ? "" : chosen });
          }}
        />
        <span className="figures text-soft">{data !== null && tCount("users.count", data.users.length)}</span>
        <May right="users.edit">
          <Button look="primary" className="ml-auto" onPress={() => setOpened("new")}>
            {t("users.invite")}
          </Button>
        </May>
      </div>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.users.length === 0 ? (
          <Empty icon={<UserSearch aria-hidden size={32} />}>{t("users.empty")}</Empty>
        ) : (
          <UsersTable users={data?.users ?? []} onOpen={setOpened} />
        )}
      </Panel>
      <div className="mt-4 flex justify-center gap-3">
        {after !== null && <Button onPress={() => setAfter(null)}>{t("users.first")}</Button>}
        {data?.next != null && <Button onPress={() => setAfter(data.next)}>{t("users.next")}</Button>}
      </div>
      {opened === "new" && (
        <InviteSheet sendsMail={data?.sendsMail ?? false} onInvited={reload} onClose={close} />
      )}
      {opened !== null && opened !== "new" && (
        <UserSheet
          key={opened.id}
          user={followed.now(opened)}
          sendsMail={data?.sendsMail ?? false}
          onChanged={(user) => {
            followed.tell(user);
            reload();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function UsersTable({
  users,
  onOpen,
}: {
  readonly users: readonly UserRow[];
  readonly onOpen: (user: UserRow) => void;
}) {
  return (
    <Table
      label={t("nav.users")}
      columns={[
        { title: t("users.name") },
        { title: t("users.email") },
        { title: t("users.role") },
        { title: t("users.stores") },
        { title: t("users.secondStep") },
        { title: t("users.lastSignIn") },
        { title: t("users.state") },
      ]}
    >
      {users.map((user) => (
        <Row key={user.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(user)}
              aria-label={t("users.open", { name: user.name })}
              className="min-h-10 text-left font-medium text-brand hover:underline"
            >
              {user.name}
            </button>
          </Cell>
          <Cell className="wrap-anywhere min-w-72">{user.email}</Cell>
          <Cell>{t(`role.${user.role}`)}</Cell>
          <Cell>{user.stores === null ? t("users.allStores") : user.stores.join(", ")}</Cell>
          <Cell className="text-soft">{t(user.hasTotp ? "account.totp.on" : "account.totp.off")}</Cell>
          <Cell className="whitespace-nowrap text-soft">
            {user.lastSignInAt === null ? t("users.never") : <When at={user.lastSignInAt} />}
          </Cell>
          <Cell>
            <StateBadge user={user} />
          </Cell>
        </Row>
      ))}
    </Table>
  );
}

function StateBadge({ user: { active, joined, linkMail } }: { readonly user: UserRow }) {
  if (!active) return <Badge tone="neutral">{t("users.state.dismissed")}</Badge>;
  if (linkMail?.state === "dead") return <Badge tone="bad">{t("users.state.mailFailed")}</Badge>;
  return joined ? (
    <Badge tone="good">{t("users.state.active")}</Badge>
  ) : (
    <Badge tone="warn">{t("users.state.invited")}</Badge>
  );
}
