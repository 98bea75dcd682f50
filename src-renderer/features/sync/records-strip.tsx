import { HardDrive } from "lucide-react";
import { create } from "zustand";
import type { RecordsState } from "#protocol/sync/records.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** Nothing is put right yet: it stays on the screen. */
const GOES_ON: ReadonlySet<RecordsState> = new Set(["hurt", "waiting", "oneCopy"]);

/** What of it somebody has read here, by when it was found. */
const useRead = create<{ readonly at: number | null }>(() => ({ at: null }));

/** What was wrong with the till's own records: in words, until somebody has read it, and as long as it goes on. */
export function RecordsStrip() {
  const records = useTill((till) => till.sync?.records);
  const isRead = useRead(({ at }) => at === records?.at);
  if (records === undefined) return null;
  const goesOn = GOES_ON.has(records.state);
  if (isRead && !goesOn) return null;
  return (
    <div
      role="status"
      data-testid="records"
      className="flex items-center gap-3 bg-warn-soft px-4 py-1.5 font-semibold text-warn"
    >
      <HardDrive aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1 leading-tight">{t(`sync.records.${records.state}`)}</p>
      {goesOn ? null : (
        <Button onClick={() => useRead.setState({ at: records.at })}>{t("sync.records.read")}</Button>
      )}
    </div>
  );
}
