import { HardDrive } from "lucide-react";
import { create } from "zustand";
import type { RecordsState } from "#protocol/sync/records.ts";
import { timeText } from "../../app/format.ts";
import { recordsText, SELLS_NOTHING } from "../../app/records-words.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** Nothing is put right yet: it stays on the screen. */
const GOES_ON: ReadonlySet<RecordsState> = new Set(["hurt", "oneCopy", ...SELLS_NOTHING]);

/** What of it somebody has read here, by when it was found. */
const useRead = create<{ readonly records: number | null; readonly letIn: number | null }>(() => ({
  records: null,
  letIn: null,
}));

/** What was wrong with the till's own records: in words, until somebody has read it, and as long as it goes on. */
export function RecordsStrip() {
  const records = useTill((till) => till.sync?.records);
  const isRead = useRead((read) => read.records === records?.at);
  if (records === undefined) return null;
  const goesOn = GOES_ON.has(records.state);
  if (isRead && !goesOn) return null;
  const read = () => useRead.setState({ records: records.at });
  return (
    <Strip testId="records" onRead={goesOn ? null : read}>
      {recordsText(records, timeText)}
    </Strip>
  );
}

/** That the server had forgotten this till and let it in again, until somebody has read it. */
export function LetInStrip() {
  const letInAt = useTill((till) => till.sync?.letInAt);
  const isRead = useRead((read) => read.letIn === letInAt);
  if (letInAt === undefined || isRead) return null;
  return (
    <Strip testId="let-in" onRead={() => useRead.setState({ letIn: letInAt })}>
      {t("sync.letIn")}
    </Strip>
  );
}

function Strip({
  testId,
  onRead,
  children,
}: {
  readonly testId: string;
  /** Null: it goes on, whoever has read it. */
  readonly onRead: (() => void) | null;
  readonly children: string;
}) {
  return (
    <div
      role="status"
      data-testid={testId}
      className="flex items-center gap-3 bg-warn-soft px-4 py-1.5 font-semibold text-warn"
    >
      <HardDrive aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1 leading-tight">{children}</p>
      {onRead === null ? null : <Button onClick={onRead}>{t("sync.records.read")}</Button>}
    </div>
  );
}
