import { IMPORT_COLUMNS, type ImportColumn } from "#protocol/hq/import-jobs.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";

/** Says what the columns of a file are that it names otherwise. */
export function ImportColumns({
  headings,
  columns,
  onChange,
  onGo,
}: {
  readonly headings: readonly string[];
  readonly columns: Readonly<Record<string, ImportColumn | "none">>;
  readonly onChange: (columns: Readonly<Record<string, ImportColumn | "none">>) => void;
  readonly onGo: () => void;
}) {
  const named = [...new Set(headings)].filter((heading) => heading !== "");
  return (
    <Panel title={t("importJob.map")}>
      <div className="p-5">
        <p className="mb-4 text-soft">{t("importJob.mapLead")}</p>
        <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {named.map((heading) => (
            <LabelledSelect
              key={heading}
              label={t("importJob.columnOf", { heading })}
              value={columns[heading] ?? "none"}
              choices={[
                { value: "none", text: t("importJob.mapNone") },
                ...IMPORT_COLUMNS.map((column) => ({ value: column, text: t(`importJob.column.${column}`) })),
              ]}
              onChange={(column) => onChange({ ...columns, [heading]: column })}
            />
          ))}
        </div>
        <div className="mt-5 flex justify-end">
          <Button
            look="primary"
            isDisabled={
              !["handle", "title"].every((needed) => Object.values(columns).some((each) => each === needed))
            }
            onPress={onGo}
          >
            {t("importJob.mapGo")}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
