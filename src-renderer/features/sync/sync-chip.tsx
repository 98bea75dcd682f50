import { CloudAlert, CloudCheck, CloudOff } from "lucide-react";
import { timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { chipMood, chipWords } from "./sync-words.ts";

const LOOK = {
  good: "bg-brand-soft text-brand-strong",
  away: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
} as const;
const ICON = { good: CloudCheck, away: CloudOff, bad: CloudAlert } as const;

/** How the till stands with its server, in words and a sign; pressing it tells more. */
export function SyncChip({ onOpen }: { readonly onOpen: () => void }) {
  const sync = useTill((till) => till.sync);
  if (sync === null) return null;
  const mood = chipMood(sync);
  const Icon = ICON[mood];
  return (
    <button
      type="button"
      onClick={onOpen}
      className={`press inline-flex min-h-12 items-center gap-2 rounded-full px-4 font-semibold text-sm ${LOOK[mood]}`}
    >
      <Icon aria-hidden size={20} />
      <span role="status" aria-label={t("sync.label")} data-testid="sync" className="figures">
        {chipWords(sync, timeText).join(" · ")}
      </span>
    </button>
  );
}
