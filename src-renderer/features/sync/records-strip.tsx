import { HardDrive } from "lucide-react";
import type { ReactNode } from "react";
import { create } from "zustand";
import { goesOn, mayMissSales } from "#domain/journal/own-records.ts";
import type { Records } from "#protocol/sync/records.ts";
import { askApproved } from "../../app/approve.tsx";
import { timeText } from "../../app/format.ts";
import { recordsKey, recordsText } from "../../app/records-words.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** When the letting in was that somebody has read of here. */
const useRead = create<{ readonly letIn: number | null }>(() => ({ letIn: null }));

/** What is wrong with the till's own records, and what was until somebody has confirmed it: in words, all of it. */
export function RecordsStrip() {
  const records = useTill((till) => till.sync?.records);
  const isTraining = useTill((till) => till.training !== null);
  if (records === undefined) return null;
  const read = records.filter(({ state }) => !goesOn(state));
  // Nobody is signed in at the till that counts while somebody practises.
  const canConfirm = read.length > 0 && !isTraining;
  return (
    <Strip testId="records" onRead={canConfirm ? () => void confirm(read) : null}>
      {records.map((each) => (
        <p key={recordsKey(each)}>{recordsText(each, timeText)}</p>
      ))}
    </Strip>
  );
}

/** What a cashier may confirm first, so that it is not held up by what a manager has to, who reads it where the PIN is asked for. */
async function confirm(read: readonly Records[]): Promise<void> {
  for (const isInQuestion of [false, true]) {
    const part = read.filter((each) => mayMissSales(each) === isInQuestion);
    if (part.length === 0) continue;
    const words = part.map(({ state, at }) => ({ state, at }));
    const said = part.map((each) => recordsText(each, timeText)).join(" ");
    await askApproved("confirmRecords", { words }, { what: t("sync.records.confirm", { said }) });
  }
}

/** That the server had forgotten this till and let it in again, until somebody has read it. */
export function LetInStrip() {
  const letInAt = useTill((till) => till.sync?.letInAt);
  const isRead = useRead((read) => read.letIn === letInAt);
  if (letInAt === undefined || isRead) return null;
  return (
    <Strip testId="let-in" onRead={() => useRead.setState({ letIn: letInAt })}>
      <p>{t("sync.letIn")}</p>
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
  readonly children: ReactNode;
}) {
  return (
    <div
      role="status"
      data-testid={testId}
      className="flex items-center gap-3 bg-warn-soft px-4 py-1.5 font-semibold text-warn"
    >
      <HardDrive aria-hidden className="shrink-0" />
      <div className="flex max-h-32 min-w-0 flex-1 flex-col gap-1.5 overflow-y-auto leading-tight">
        {children}
      </div>
      {onRead === null ? null : <Button onClick={onRead}>{t("sync.records.read")}</Button>}
    </div>
  );
}
