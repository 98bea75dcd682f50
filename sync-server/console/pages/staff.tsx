import { UsersRound } from "lucide-react";
import { useCallback, useState } from "react";
import type { ColleagueRow } from "#protocol/hq/staff.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { useFollowed } from "../use-followed.ts";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { ColleagueSheet } from "./colleague-sheet.tsx";
import { NewColleagueSheet } from "./new-colleague-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StaffTabs } from "./staff-tabs.tsx";
import { StoreSelect } from "./store-select.tsx";

const REFRESH_MS = 5_000;
const FILTERS = ["active", "dismissed", "all"] as const;
type Filter = (typeof FILTERS)[number];
const ACTIVE: Readonly<Record<Filter, boolean | null>> = { active: true, dismissed: false, all: null };

/** Who works for the retailer, and where. */
export function StaffPage() {
  const { staff } = useApi();
  const [typed, setTyped] = useState("");
  const search = useSettled(typed);
  const [store, setStore] = useState<string | null>(null);
  const [filter, setFilter] = useState<Filter>("active");
  const { what: opened, open, close } = useOpened<ColleagueRow | "new">();
  const roles = useAskedOnce(staff.roles).known?.roles.map(({ role }) => role) ?? [];
  const { data, problem, reload } = usePolled(
    useCallback(
      () => staff.people({ store, active: ACTIVE[filter], search }),
      [staff, store, filter, search],
    ),
    REFRESH_MS,
  );
  const followed = useFollowed(data?.staff ?? null);
  const isFiltered = search !== "" || store !== null || filter !== "active";
  return (
    <>
      <PageTitle title={t("nav.staff")}>
        <StaffTabs page="staff" />
      </PageTitle>
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <input
          type="search"
          aria-label={t("staff.search")}
          placeholder={t("staff.search")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="min-h-10 w-56 rounded-xl border border-line bg-surface px-3.5"
        />
        <Select
          label={t("staff.filter")}
          value={filter}
          choices={FILTERS.map((each) => ({ value: each, text: t(`staff.filter.${each}`) }))}
          onChange={(chosen) => setFilter(FILTERS.find((each) => each === chosen) ?? "active")}
        />
        <StoreSelect value={store} none={t("common.allStores")} onChange={setStore} />
        <span className="figures text-soft">
          {data !== null && tCount("staff.colleagues", data.staff.length)}
        </span>
        <May right="staff.edit">
          <Button look="primary" className="ml-auto" onPress={() => open("new")}>
            {t("staff.new")}
          </Button>
        </May>
      </div>
      <ProblemNote problem={problem} />
      <Panel>
        {data?.staff.length === 0 ? (
          <Empty icon={<UsersRound aria-hidden size={32} />}>
            {t(isFiltered ? "staff.nothing" : "staff.empty")}
          </Empty>
        ) : (
          <PeopleTable people={data?.staff ?? []} onOpen={open} />
        )}
      </Panel>
      {opened === "new" && (
        <NewColleagueSheet
          roles={roles}
          store={store}
          onAdded={() => {
            close();
            reload();
          }}
          onClose={close}
        />
      )}
      {opened !== null && opened !== "new" && (
        <ColleagueSheet
          key={opened.id}
          colleague={followed.now(opened)}
          roles={roles}
          rosterMaxAgeDays={data?.rosterMaxAgeDays ?? 0}
          onChanged={(colleague) => {
            followed.tell(colleague);
            reload();
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function PeopleTable({
  people,
  onOpen,
}: {
  readonly people: readonly ColleagueRow[];
  readonly onOpen: (colleague: ColleagueRow) => void;
}) {
  return (
    <Table
      label={t("nav.staff")}
      columns={[
        { title: t("staff.name") },
        { title: t("staff.role") },
        { title: t("staff.stores") },
        { title: t("staff.signIn") },
        { title: t("staff.state") },
      ]}
    >
      {people.map((colleague) => (
        <Row key={colleague.id} className="hover:bg-sunken/60">
          <Cell>
            <button
              type="button"
              onClick={() => onOpen(colleague)}
              aria-label={t("staff.open", { name: colleague.name })}
              className="min-h-9 text-left font-medium text-brand hover:underline"
            >
              {colleague.name}
            </button>
          </Cell>
          <Cell>
            {colleague.roleName === "" ? <Badge tone="bad">{t("staff.noRole")}</Badge> : colleague.roleName}
          </Cell>
          <Cell>{colleague.stores === null ? t("staff.everywhere") : colleague.stores.join(", ")}</Cell>
          <Cell className="text-soft">{t(colleague.hasBadge ? "staff.hasBadge" : "staff.noBadge")}</Cell>
          <Cell>
            <Badge tone={colleague.active ? "good" : "neutral"}>
              {t(colleague.active ? "staff.active" : "staff.dismissed")}
            </Badge>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
