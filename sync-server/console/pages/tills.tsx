import { MonitorSmartphone } from "lucide-react";
import { useCallback, useState } from "react";
import type { DeviceId } from "#domain/ids.ts";
import type { LiveKind } from "#protocol/hq/dashboard.ts";
import type { TillRow, TillsAnswer } from "#protocol/hq/tills.ts";
import { May } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FindField } from "../ui/find-field.tsx";
import { Empty, PageTitle, Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";
import { type Ask, showAsk, useAsk } from "../use-route.ts";
import { useSettled } from "../use-settled.ts";
import { KnocksPanel } from "./knocks-panel.tsx";
import { Pager } from "./pager.tsx";
import { PairSheet } from "./pair-sheet.tsx";
import { ProblemNote } from "./problem-note.tsx";
import { StoreSelect } from "./store-select.tsx";
import { TillSheet } from "./till-sheet.tsx";
import { TillTable } from "./till-table.tsx";
import { UpdatesPanel } from "./updates-panel.tsx";

const REFRESH_MS = 3_000;
const PAGE_SIZE = 50;
const KINDS: readonly LiveKind[] = ["tills", "stores"];
/** What the address says of the list, as the server takes it. */
const FILTERS = [
  "search",
  "store",
  "state",
  "version",
  "silentMinutes",
  "unsent",
  "trouble",
  "clockOff",
] as const;
const USUAL_STATE = "active";
const EVERYTHING = "all";

/** Every till: how it is, and what HQ can do about it. */
export function TillsPage() {
  const { shops } = useApi();
  const ask = useAsk();
  const settled = useSettled(ask);
  const [isPairing, setPairing] = useState(false);
  const [open, setOpen] = useState<DeviceId | null>(null);
  const { data, problem, reload } = usePolled(
    useCallback(() => shops.tills(queryOf(settled)), [shops, settled]),
    REFRESH_MS,
    KINDS,
  );
  const change = (changes: Ask) => showAsk("tills", { ...ask, offset: "", ...changes });
  return (
    <>
      <PageTitle title={t("nav.tills")}>
        {data !== null && <span className="figures text-soft">{tCount("tills.count", data.total)}</span>}
        <May right="tills.manage">
          <Button look="primary" onPress={() => setPairing(true)}>
            {t("tills.pair")}
          </Button>
        </May>
      </PageTitle>
      <ProblemNote problem={problem} />
      <KnocksPanel knocks={data?.knocks ?? []} />
      <Filters ask={ask} versions={data?.versions ?? []} onChange={change} />
      <Panel>
        {data?.total === 0 ? (
          <Empty icon={<MonitorSmartphone aria-hidden size={32} />}>{emptyText(ask)}</Empty>
        ) : (
          <TillTable
            tills={data?.tills ?? []}
            sort={ask.sort ?? "till"}
            way={ask.order === "down" ? "down" : "up"}
            onSort={(sort, order) => change({ sort, order })}
            onOpen={(till: TillRow) => setOpen(till.id)}
          />
        )}
      </Panel>
      {data !== null && (
        <Pager
          offset={Number(ask.offset ?? 0)}
          total={data.total}
          size={PAGE_SIZE}
          onMove={(offset) => change({ offset: String(offset) })}
        />
      )}
      <UpdatesPanel />
      {isPairing && <PairSheet store={ask.store ?? null} onClose={() => setPairing(false)} />}
      {open !== null && <TillSheet id={open} onChanged={reload} onClose={() => setOpen(null)} />}
    </>
  );
}

function queryOf(ask: Ask): Readonly<Record<string, string>> {
  const { sort = "", order = "", offset = "", state = USUAL_STATE } = ask;
  const filters = Object.fromEntries(FILTERS.map((name) => [name, ask[name] ?? ""]));
  return {
    ...filters,
    state: state === EVERYTHING ? "" : state,
    sort,
    order,
    offset,
    limit: String(PAGE_SIZE),
  };
}

function emptyText(ask: Ask): string {
  return FILTERS.some((name) => (ask[name] ?? "") !== "") ? t("tills.nothing") : t("tills.none");
}

const FLAGS = ["unsent", "trouble", "clockOff"] as const;
const SILENT_MINUTES = ["60", "1440", "10080"] as const;

function Filters({
  ask,
  versions,
  onChange,
}: {
  readonly ask: Ask;
  readonly versions: TillsAnswer["versions"];
  readonly onChange: (changes: Ask) => void;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      <FindField
        label={t("tills.search")}
        className="w-64"
        value={ask.search ?? ""}
        onChange={(search) => onChange({ search })}
      />
      <StoreSelect
        value={ask.store ?? null}
        none={t("common.allStores")}
        onChange={(store) => onChange({ store: store ?? "" })}
      />
      <Select
        label={t("tills.filter.state")}
        value={ask.state ?? USUAL_STATE}
        choices={[
          { value: USUAL_STATE, text: t("tills.filter.allStates") },
          ...(["inTouch", "silent", "never", "revoked"] as const).map((state) => ({
            value: state,
            text: t(`tills.state.${state}`),
          })),
          { value: EVERYTHING, text: t("tills.filter.everything") },
        ]}
        onChange={(state) => onChange({ state: state === USUAL_STATE ? "" : state })}
      />
      <Select
        label={t("tills.filter.version")}
        value={ask.version ?? ""}
        choices={[
          { value: "", text: t("tills.filter.allVersions") },
          ...versions.flatMap(({ version, tills }) =>
            version === null ? [] : [{ value: version, text: `${version} (${tills})` }],
          ),
        ]}
        onChange={(version) => onChange({ version })}
      />
      <Select
        label={t("tills.filter.silent")}
        value={ask.silentMinutes ?? ""}
        choices={[
          { value: "", text: t("tills.filter.anyTime") },
          ...SILENT_MINUTES.map((minutes) => ({
            value: minutes,
            text: `${t("tills.filter.silent")} ${t(`tills.filter.silent.${minutes}`)}`,
          })),
        ]}
        onChange={(silentMinutes) => onChange({ silentMinutes })}
      />
      {FLAGS.map((flag) => (
        <Check
          key={flag}
          label={t(`tills.filter.${flag}`)}
          checked={ask[flag] === "true"}
          onChange={(isOn) => onChange({ [flag]: isOn ? "true" : "" })}
        />
      ))}
    </div>
  );
}
