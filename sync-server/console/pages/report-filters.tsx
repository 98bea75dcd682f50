import { useCallback } from "react";
import { SALES_CHANNELS } from "#domain/reports/facts.ts";
import { COMPARISONS } from "#domain/reports/period.ts";
import { PERIOD_PRESETS } from "#domain/reports/presets.ts";
import type { ReportView } from "#domain/reports/view.ts";
import type { ReportsAnswer } from "#protocol/hq/reports.ts";
import { businessDaySchema } from "#protocol/scalars.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { ownDaysOf, queryOfView } from "./report-ask.ts";

const REFRESH_MS = 300_000;
const ALL = "";
const OWN = "own";

/** What of a report is shown: rows, days, stores, channels and categories, and what it is compared with. */
export function ReportFilters({
  view,
  known,
  onChange,
}: {
  readonly view: ReportView;
  readonly known: ReportsAnswer["reports"][number];
  readonly onChange: (changes: Partial<ReportView>) => void;
}) {
  const { period } = view;
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <LabelledSelect
        label={t("reports.by")}
        value={view.by}
        choices={known.groups.map(({ name, title }) => ({ value: name, text: title }))}
        onChange={(by) => onChange({ by })}
      />
      <LabelledSelect
        label={t("reports.period")}
        value={typeof period === "string" ? period : OWN}
        choices={[
          ...PERIOD_PRESETS.map((preset) => ({ value: preset, text: t(`reports.period.${preset}`) })),
          { value: OWN, text: t("reports.period.own") },
        ]}
        onChange={(chosen) => onChange({ period: chosen === OWN ? ownDaysOf(period) : chosen })}
      />
      {typeof period !== "string" && (
        <OwnDays period={period} onChange={(changed) => onChange({ period: changed })} />
      )}
      {known.comparable && (
        <LabelledSelect
          label={t("reports.compare")}
          value={view.compare ?? ALL}
          choices={[
            { value: ALL, text: t("reports.compare.none") },
            ...COMPARISONS.map((each) => ({ value: each, text: t(`reports.compare.${each}`) })),
          ]}
          onChange={(compare) => onChange({ compare: compare === ALL ? null : compare })}
        />
      )}
      <StoreChoice view={view} onChange={onChange} />
      {known.byChannel && (
        <LabelledSelect
          label={t("reports.channel")}
          value={view.channels?.[0] ?? ALL}
          choices={[
            { value: ALL, text: t("reports.channel.all") },
            ...SALES_CHANNELS.map((each) => ({ value: each, text: t(`reports.channel.${each}`) })),
          ]}
          onChange={(channel) => onChange({ channels: channel === ALL ? null : [channel] })}
        />
      )}
      {known.byCategory && <CategoryChoice view={view} onChange={onChange} />}
    </div>
  );
}

type Choosing = Pick<Parameters<typeof ReportFilters>[0], "view" | "onChange">;

function OwnDays({
  period,
  onChange,
}: {
  readonly period: Exclude<ReportView["period"], string>;
  readonly onChange: (period: ReportView["period"]) => void;
}) {
  const change = (which: "from" | "until", text: string) => {
    const day = businessDaySchema.safeParse(text);
    if (!day.success) return;
    const changed = { ...period, [which]: day.data };
    // The other end goes along, so that a period never ends before it begins.
    if (changed.from > changed.until) onChange({ from: day.data, until: day.data });
    else onChange(changed);
  };
  return (
    <>
      <TextField
        type="date"
        label={t("period.from")}
        value={period.from}
        onChange={(text) => change("from", text)}
      />
      <TextField
        type="date"
        label={t("period.until")}
        value={period.until}
        onChange={(text) => change("until", text)}
      />
    </>
  );
}

function StoreChoice({ view, onChange }: Choosing) {
  const { data } = usePolled(useApi().stores, REFRESH_MS);
  const chosen = view.stores?.join(", ") ?? ALL;
  const stores = (data?.stores ?? []).map(({ code, name }) => ({ value: code, text: `${code} · ${name}` }));
  return (
    <LabelledSelect
      label={t("tickets.store")}
      value={chosen}
      choices={[
        { value: ALL, text: t("common.allStores") },
        ...stores,
        // A saved report may be about several.
        ...(chosen === ALL || stores.some(({ value }) => value === chosen)
          ? []
          : [{ value: chosen, text: chosen }]),
      ]}
      onChange={(code) => onChange({ stores: code === ALL ? null : code.split(", ") })}
    />
  );
}

/** Of the categories in which anything was sold on these days. */
function CategoryChoice({ view, onChange }: Choosing) {
  const { reports } = useApi();
  const query = queryOfView({ ...view, by: "category", categories: null, compare: null });
  const { data } = usePolled(
    useCallback(() => reports.report("sales", query), [reports, query]),
    REFRESH_MS,
  );
  const names = new Set([...(data?.rows.map(({ key }) => key) ?? []), ...(view.categories ?? [])]);
  names.delete("");
  return (
    <LabelledSelect
      label={t("reports.category")}
      value={view.categories?.[0] ?? ALL}
      choices={[
        { value: ALL, text: t("reports.category.all") },
        ...[...names].sort().map((name) => ({ value: name, text: name })),
      ]}
      onChange={(category) => onChange({ categories: category === ALL ? null : [category] })}
    />
  );
}
