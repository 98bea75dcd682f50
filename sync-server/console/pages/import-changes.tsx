import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import type { CatalogChange } from "#protocol/hq/import.ts";
import { amountText, numberText } from "../format.ts";
import { t, tCount } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";

/** The changes of an import, each with what was and what will be. */
export function ImportChanges({
  changes,
  total,
  dryRun,
}: {
  readonly changes: readonly CatalogChange[];
  readonly total: number;
  readonly dryRun: boolean;
}) {
  if (changes.length === 0) return null;
  return (
    <Panel
      title={t(dryRun ? "import.changesTitle" : "import.changesDone")}
      aside={
        <span className="figures text-soft">
          {t("import.cut", { shown: numberText(changes.length), all: numberText(total) })}
        </span>
      }
    >
      <ul className="max-h-[32rem] overflow-y-auto">
        {changes.map((change) => (
          <li key={keyOf(change)} className="flex gap-4 border-line border-b px-5 py-3 last:border-b-0">
            <Change change={change} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function keyOf(change: CatalogChange): string {
  return change.kind === "new" || change.kind === "changed"
    ? `${change.kind} ${change.handle}`
    : `${change.kind} ${change.sku}`;
}

function Change({ change }: { readonly change: CatalogChange }) {
  switch (change.kind) {
    case "new":
      return (
        <>
          <Tag look="bg-brand-soft text-brand-strong">{t("import.new")}</Tag>
          <span className="min-w-0 flex-1">
            <span className="font-medium">{change.title}</span>{" "}
            <span className="text-soft">{change.handle}</span>
          </span>
          <span className="text-soft">{tCount("common.variants", change.variants)}</span>
        </>
      );
    case "changed":
      return (
        <>
          <Tag look="bg-sunken text-ink">{t("import.changedTag")}</Tag>
          <div className="min-w-0 flex-1">
            <span className="font-medium">{change.title}</span>{" "}
            <span className="text-soft">{change.handle}</span>
            <ul className="mt-1 space-y-1">
              {change.fields.map(({ field, sku, from, to }) => (
                <li key={`${field} ${sku}`} className="flex flex-wrap items-baseline gap-x-2">
                  <span className="text-soft">
                    {t(`field.${field}`)}
                    {sku !== null && ` · ${sku}`}
                  </span>
                  <FromTo from={from} to={to} />
                </li>
              ))}
            </ul>
          </div>
        </>
      );
    case "price":
      return (
        <>
          <Tag look="bg-warn-soft text-warn">{t("import.priceTag")}</Tag>
          <span className="figures flex-1">{change.sku}</span>
          <FromTo from={change.from === null ? "" : amountText(change.from)} to={amountText(change.to)} />
        </>
      );
    case "stock":
      return (
        <>
          <Tag look="bg-sunken text-ink">{t("import.stockTag")}</Tag>
          <span className="figures flex-1">
            {change.sku} <span className="text-soft">{change.store}</span>
          </span>
          <FromTo from={numberText(change.from)} to={numberText(change.to)} />
        </>
      );
  }
}

function Tag({ look, children }: { readonly look: string; readonly children: ReactNode }) {
  return (
    <span className={`h-fit w-20 shrink-0 rounded-full py-0.5 text-center font-medium text-[13px] ${look}`}>
      {children}
    </span>
  );
}

function FromTo({ from, to }: { readonly from: string; readonly to: string }) {
  return (
    <span className="figures inline-flex flex-wrap items-baseline gap-2">
      <del className="text-soft">{from === "" ? t("import.nothing") : from}</del>
      <ArrowRight aria-hidden size={14} className="self-center text-soft" />
      <ins className="font-medium no-underline">{to === "" ? t("import.nothing") : to}</ins>
    </span>
  );
}
