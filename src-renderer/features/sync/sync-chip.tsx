import { CloudAlert, CloudCheck, CloudOff } from "lucide-react";
import { timeText } from "../../app/format.ts";
import { chipMood, chipWords } from "../../app/sync-words.ts";
import { useTill } from "../../app/till.ts";
import { apart, t } from "../../i18n/translate.ts";

const LOOK = {
  good: "bg-deep-raised text-on-deep hover:bg-deep-line",
  away: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
} as const;
const ICON = { good: CloudCheck, away: CloudOff, bad: CloudAlert } as const;

/** How the till stands with its server, in words and a sign; pressing it tells more. As wide with entries that wait as without, so that nothing beside it moves with each sale that is sent. */
export function SyncChip({ onOpen }: { readonly onOpen: () => void }) {
  const sync = useTill((till) => till.sync);
  if (sync === null) return null;
  const mood = chipMood(sync);
  const Icon = ICON[mood];
  const [first = "", ...more] = chipWords(sync, timeText);
  return (
    <div role="status" aria-label={t("sync.label")}>
      <button
        type="button"
        onClick={onOpen}
        className={`press flex min-h-12 min-w-36 items-center gap-2 rounded-2xl px-2 text-start font-semibold text-sm leading-tight xl:min-w-44 xl:px-3 ${LOOK[mood]}`}
      >
        <Icon
          aria-hidden
          size={20}
          className={`shrink-0 ${mood === "good" ? "text-mint" : ""} ${more.length === 0 ? "" : "hidden xl:block"}`}
        />
        <span data-testid="sync" className="figures">
          {first}
          {more.length === 0 ? null : (
            <span className="block font-normal">{more.map(apart).join(" · ")}</span>
          )}
        </span>
      </button>
    </div>
  );
}
