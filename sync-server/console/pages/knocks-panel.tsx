import { useState } from "react";
import { registerText, tillText } from "#domain/store/till-text.ts";
import type { KnockRow } from "#protocol/hq/tills.ts";
import { dateTimeText } from "../format.ts";
import { May } from "../may.tsx";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { NewStoreSheet } from "./new-store-sheet.tsx";
import { PairSheet } from "./pair-sheet.tsx";

/** Tills that this server does not know, because it was put back to a day before they were paired, and what lets each in again. Nothing where there are none. */
export function KnocksPanel({ knocks }: { readonly knocks: readonly KnockRow[] }) {
  const [chosen, setChosen] = useState<KnockRow | null>(null);
  if (knocks.length === 0 && chosen === null) return null;
  return (
    <Panel title={tCount("tills.knocks", knocks.length)} className="mb-4">
      <ul className="divide-y divide-line">
        {knocks.map((knock) => (
          <li key={knock.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3">
            <div className="min-w-0 flex-1 basis-96">
              <p className="font-medium">{nameOf(knock)}</p>
              <p className="text-soft">{t(`tills.knock.${knock.state}`)}</p>
              <p className="text-soft text-sm">{t("tills.knock.at", { when: dateTimeText(knock.at) })}</p>
            </div>
            {isStoreGone(knock) && (
              <May right="stores.edit">
                <Button look="primary" onPress={() => setChosen(knock)}>
                  {t("tills.knock.makeStore")}
                </Button>
              </May>
            )}
            {knock.state === "journalLost" && (
              <May right="tills.manage">
                <Button onPress={() => setChosen(knock)}>{t("tills.knock.pairAnew")}</Button>
              </May>
            )}
          </li>
        ))}
      </ul>
      {chosen !== null && isStoreGone(chosen) && (
        <NewStoreSheet
          knocking={{ id: chosen.id, code: chosen.store, isLost: chosen.state === "storeAndJournalLost" }}
          onClose={() => setChosen(null)}
        />
      )}
      {chosen?.state === "journalLost" && <PairSheet store={chosen.store} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

function isStoreGone({ state }: KnockRow): boolean {
  return state === "storeUnknown" || state === "storeAndJournalLost";
}

function nameOf({ store, register, name }: KnockRow): string {
  return store === null
    ? t("tills.knock.name", { register: registerText(register), name })
    : `${tillText({ store, register })} ${name}`;
}
