import { tillText } from "#domain/store/till-text.ts";
import type { TillRow, TillSortName } from "#protocol/hq/tills.ts";
import type { HealthRecords } from "#protocol/sync/health.ts";
import type { Missing } from "#protocol/sync/records.ts";
import { bytesText, dateTimeText, numberText } from "../format.ts";
import { isKey, t } from "../translate.ts";
import { Badge } from "../ui/badge.tsx";
import { Cell, Row, Table, type TableColumn } from "../ui/table.tsx";
import { sortedColumn } from "./sorted-column.ts";
import { isClockRight, TILL_TONES } from "./till-state.ts";
import { When } from "./when.tsx";

const SECOND_MS = 1_000;
/** For so long the list says that a till was let in again; its sheet says it for good. */
const LET_IN_SHOWN_MS = 30 * 86_400_000;

/** The words for something that was wrong with a till's own records; a later till may have one that nobody here knows. */
export function recordsText({ state, missing = [], confirmedAt }: HealthRecords): string {
  const key = `tills.records.${state}`;
  const what = isKey(key) ? t(key) : state;
  const said =
    missing.length === 0
      ? what
      : t("tills.records.inQuestion", { what, receipts: missing.map(receiptsText).join("; ") });
  if (confirmedAt === undefined) return said;
  return t("tills.records.confirmed", { said, when: dateTimeText(confirmedAt) });
}

function receiptsText({ firstReceipt: first, lastReceipt: last }: Missing): string {
  if (first === null) return t("tills.records.noReceipt");
  if (last === null) return t("tills.records.receiptsOn", { first });
  return first === last ? first : t("tills.records.receipts", { first, last });
}

/** The words for what troubles a till or one of its devices; a later till may have one that nobody here knows. */
export function troubleText(trouble: string | null): string {
  const key = `tills.trouble.${trouble ?? "none"}`;
  return isKey(key) ? t(key) : String(trouble);
}

export function clockText(till: TillRow): string {
  return isClockRight(till)
    ? t("tills.clockRight")
    : t("tills.clockOff", { seconds: numberText(Math.round(till.clockOffsetMs / SECOND_MS)) });
}

export function TillTable({
  tills,
  sort,
  way,
  onSort,
  onOpen,
}: {
  readonly tills: readonly TillRow[];
  readonly sort: string;
  readonly way: "up" | "down";
  readonly onSort: (sort: TillSortName, way: "up" | "down") => void;
  readonly onOpen: (till: TillRow) => void;
}) {
  const column = (title: string, by: TillSortName, align: TableColumn["align"] = "left"): TableColumn =>
    sortedColumn({ title, by, align, sorted: { by: sort, way }, onSort });
  return (
    <Table
      label={t("nav.tills")}
      columns={[
        column(t("tills.till"), "till"),
        { title: t("tills.state") },
        column(t("tills.seen"), "seen"),
        column(t("tills.unsent"), "unsent", "right"),
        column(t("tills.oldestUnsent"), "oldestUnsent"),
        column(t("tills.clock"), "clock"),
        column(t("tills.version"), "version"),
        column(t("tills.disk"), "disk", "right"),
        { title: t("tills.devices") },
      ]}
    >
      {tills.map((till) => (
        <TillLine key={till.id} till={till} onOpen={() => onOpen(till)} />
      ))}
    </Table>
  );
}

function TillLine({ till, onOpen }: { readonly till: TillRow; readonly onOpen: () => void }) {
  const { health } = till;
  const free = health?.storage.diskFreeBytes ?? null;
  return (
    <Row className={till.state === "revoked" ? "text-soft" : "hover:bg-sunken/60"}>
      <Cell>
        <button
          type="button"
          onClick={onOpen}
          aria-label={t("tills.open", { till: tillText(till) })}
          className="figures whitespace-nowrap font-medium text-brand hover:underline"
        >
          {tillText(till)}
        </button>
        <span className="block text-soft text-sm">{till.name}</span>
      </Cell>
      <Cell>
        <Badge tone={TILL_TONES[till.state]}>{t(`tills.state.${till.state}`)}</Badge>
        {till.letInAt !== null && Date.now() - till.letInAt < LET_IN_SHOWN_MS && (
          <span className="mt-1 block text-soft text-sm">
            {t("tills.letIn", { when: dateTimeText(till.letInAt) })}
          </span>
        )}
        {health?.records?.map((each) => (
          <span
            key={`${each.state} ${each.at}`}
            className={`mt-1 block text-sm ${each.confirmedAt === undefined ? "text-danger" : "text-soft"}`}
          >
            {recordsText(each)}
          </span>
        ))}
        {health !== null && health.trouble !== null && (
          <span className="mt-1 block text-danger text-sm">{troubleText(health.trouble)}</span>
        )}
      </Cell>
      <Cell className="whitespace-nowrap">
        {till.lastSeenAt === null ? t("tills.never") : <When at={till.lastSeenAt} />}
      </Cell>
      <Cell align="right">{health === null ? t("common.none") : numberText(health.unsent)}</Cell>
      <Cell className="whitespace-nowrap">
        {health?.oldestUnsentAt == null ? t("common.none") : <When at={health.oldestUnsentAt} />}
      </Cell>
      <Cell className={`figures ${isClockRight(till) ? "" : "text-warn"}`}>{clockText(till)}</Cell>
      <Cell className="figures">{till.version ?? t("updates.unknown")}</Cell>
      <Cell align="right" className="whitespace-nowrap">
        {free === null ? t("common.none") : bytesText(free)}
      </Cell>
      <Cell>
        <Devices till={till} />
      </Cell>
    </Row>
  );
}

function Devices({ till: { health } }: { readonly till: TillRow }) {
  if (health === null) return <span className="text-soft">{t("tills.notSaid")}</span>;
  if (health.devices.length === 0) return <span className="text-soft">{t("tills.noDevices")}</span>;
  const troubled = health.devices.filter(({ trouble }) => trouble !== null);
  if (troubled.length === 0) return <span>{t("tills.devicesFine")}</span>;
  return (
    <ul>
      {troubled.map(({ name, trouble }) => (
        <li key={name} className="text-danger text-sm">
          {name}: {troubleText(trouble)}
        </li>
      ))}
    </ul>
  );
}
