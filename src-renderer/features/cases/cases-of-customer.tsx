import { ChevronRight, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import type { CustomerId } from "#domain/ids.ts";
import type { FoundCases } from "#protocol/till/cases.ts";
import { openOverlay } from "../../app/overlay.ts";
import { goTo } from "../../app/place.ts";
import { client } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { openCase } from "./cases-store.ts";
import { DeadlineMark, StatusMark } from "./marks.tsx";

const NONE: FoundCases = { cases: [], hasServer: false };

/** What a customer came with, in this store and, with a connection, in every other; and the way to the next case. */
export function CasesOfCustomer({
  customer,
}: {
  readonly customer: { readonly id: CustomerId; readonly name: string };
}) {
  const { id } = customer;
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    let isLeft = false;
    const ask = async (): Promise<void> => {
      for (const chain of [false, true]) {
        const answer = await client.call("casesOfCustomer", { customer: id, chain }).catch(() => null);
        if (answer !== null && !isLeft) setFound(answer);
      }
    };
    void ask();
    return () => {
      isLeft = true;
    };
  }, [id]);
  return (
    <section aria-label={t("cases.title")} className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-bold text-lg">{t("cases.title")}</h3>
        <Button
          icon={<Plus aria-hidden size={20} />}
          onClick={() => openOverlay({ kind: "newCase", start: { customer } })}
        >
          {t("cases.new")}
        </Button>
      </div>
      <ul className="flex flex-col gap-1 empty:hidden">
        {found.cases.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              onClick={() => {
                goTo("cases");
                void openCase(row.id);
              }}
              className="press flex min-h-14 w-full items-center gap-3 rounded-xl border border-line bg-surface px-3 py-2 text-start hover:border-brand"
            >
              <span className="min-w-0 flex-1">
                <bdi className="line-clamp-1 font-semibold">{row.productName}</bdi>
                <span className="figures text-ink-soft text-sm">{row.number}</span>
              </span>
              <DeadlineMark row={row} />
              <StatusMark status={row.status} outcome={row.outcome} />
              <ChevronRight aria-hidden size={20} className="rtl:-scale-x-100 shrink-0 text-ink-soft" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
