import { ClipboardList } from "lucide-react";
import { openOverlay } from "../../app/overlay.ts";
import { areaLeftOver, useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** The way to what HQ asks of the store; it is there only while something is. */
export function TasksButton() {
  const count = useTill(
    (till) => till.tasks.length + till.counts.counts.length + (areaLeftOver(till) === null ? 0 : 1),
  );
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-label={t("bar.tasksToDo", { count })}
      onClick={() => openOverlay({ kind: "tasks" })}
      className="press relative inline-flex min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs hover:bg-deep-raised"
    >
      <ClipboardList aria-hidden size={22} />
      <span>{t("bar.tasks")}</span>
      <span
        data-testid="tasks-badge"
        className="figures absolute -top-1 end-0 grid h-6 min-w-6 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-sm"
      >
        {count}
      </span>
    </button>
  );
}
