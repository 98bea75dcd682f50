import { Plus, SearchX, Wrench } from "lucide-react";
import { useEffect } from "react";
import type { CaseRow } from "#protocol/till/cases.ts";
import { useCustomerName } from "../../app/customer-name.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Segments } from "../../ui/segments.tsx";
import { CaseView } from "./case-view.tsx";
import { CASE_FILTERS, chooseFilter, isShownBy, openCase, refreshOpened, useCases } from "./cases-store.ts";
import { DeadlineMark, KindMark, PlaceMarks, StatusMark } from "./marks.tsx";

const NONE: readonly CaseRow[] = [];

/** Everything about complaints, warranty and repair: the list, what a search found, or the case in front. */
export function CasesScreen() {
  const cases = useTill((till) => till.cases?.cases ?? NONE);
  const opened = useCases((state) => state.opened);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed may be the case in front
  useEffect(() => {
    void refreshOpened();
  }, [cases]);
  return (
    <main aria-label={t("cases.title")} className="min-h-0">
      {opened === null ? <CaseList cases={cases} /> : <CaseView key={opened.id} card={opened} />}
    </main>
  );
}

function CaseList({ cases }: { readonly cases: readonly CaseRow[] }) {
  const { filter, found, text } = useCases();
  // Whoever is at the counter is who comes with it.
  const customer = useTill((till) => till.basket?.customer ?? null);
  const shown = found === null ? cases.filter((row) => isShownBy(filter, row)) : found.cases;
  return (
    <div className="tight:h-auto flex h-full min-h-0 flex-col gap-3 p-3 pb-0 xl:p-4 xl:pb-0">
      <div className="flex items-center gap-3">
        <fieldset aria-label={t("cases.filter")} className="min-w-0 flex-1 border-0 p-0">
          <Segments
            segments={CASE_FILTERS.map((value) => ({
              value,
              words: `${t(`cases.filter.${value}`)} · ${cases.filter((row) => isShownBy(value, row)).length}`,
            }))}
            chosen={filter}
            onChoose={chooseFilter}
          />
        </fieldset>
        <Button
          look="primary"
          size="large"
          icon={<Plus aria-hidden />}
          onClick={() => openOverlay({ kind: "newCase", start: customer === null ? {} : { customer } })}
        >
          {t("cases.new")}
        </Button>
      </div>
      {found === null ? null : (
        <p role="status" className="figures px-1 font-semibold text-ink-soft">
          {t("cases.found", { count: found.cases.length })} ·{" "}
          {t(found.hasServer ? "cases.wholeChain" : "cases.thisStoreOnly")}
        </p>
      )}
      {shown.length === 0 ? (
        <Empty
          words={found === null ? t(`cases.none.${filter}`) : t("cases.nothing", { text })}
          isSearch={found !== null}
        />
      ) : (
        <ul className="thin-scroll -mx-1 grid min-h-0 flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] content-start gap-2 overflow-y-auto p-1 pb-4">
          {shown.map((row) => (
            <li key={row.id}>
              <CaseButton row={row} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Empty({ words, isSearch }: { readonly words: string; readonly isSearch: boolean }) {
  const Icon = isSearch ? SearchX : Wrench;
  return (
    <div className="flex flex-col items-center gap-3 p-16 text-center">
      <Icon aria-hidden size={44} strokeWidth={1.5} className="text-ink-soft" />
      <p className="max-w-120 text-balance text-lg">{words}</p>
      {isSearch ? <p className="text-ink-soft">{t("cases.nothingHint")}</p> : null}
    </div>
  );
}

function CaseButton({ row }: { readonly row: CaseRow }) {
  const customer = useCustomerName(row.customerName, t("cases.nobody"));
  return (
    <button
      type="button"
      aria-label={t("cases.row", {
        number: row.number,
        product: row.productName,
        customer,
        status: t(`cases.status.${row.status}`),
      })}
      onClick={() => void openCase(row.id)}
      className={`press flex h-full w-full flex-col gap-2 rounded-2xl border bg-surface p-3 text-start shadow-tile hover:border-brand ${row.isOverdue ? "border-2 border-danger" : "border-line"}`}
    >
      <span className="flex w-full flex-wrap items-center justify-between gap-x-2 gap-y-1">
        <span className="figures whitespace-nowrap text-ink-soft text-sm">{row.number}</span>
        <StatusMark status={row.status} outcome={row.outcome} />
      </span>
      <span className="min-w-0">
        <bdi className="line-clamp-2 font-bold text-lg leading-tight">{row.productName}</bdi>
        <bdi className="block truncate">{customer}</bdi>
      </span>
      <span className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1">
        <KindMark kind={row.kind} />
        <DeadlineMark row={row} />
        <PlaceMarks row={row} />
      </span>
    </button>
  );
}
