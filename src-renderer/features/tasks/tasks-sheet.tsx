import { CircleCheck, ScanBarcode } from "lucide-react";
import { useState } from "react";
import type { NoticeId } from "#domain/ids.ts";
import type { Task } from "#protocol/till/tasks.ts";
import { dayText, timeText } from "../../app/format.ts";
import { useScans, useTyped } from "../../app/keyboard.ts";
import { openOverlay } from "../../app/overlay.ts";
import { areaLeftOver, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { apart, isKey, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { articleName, countOne, countStock, isArticle, taskOfScan, typeCount } from "./counting.ts";

/** What HQ asks of the store: the list, or the shelf that is being counted. */
export function TasksSheet({ onClose }: { readonly onClose: () => void }) {
  const tasks = useTill((till) => till.tasks);
  const [opened, setOpened] = useState<NoticeId | null>(null);
  const task = tasks.find(({ id }) => id === opened);
  if (task !== undefined)
    return (
      <CountSheet
        key={task.id}
        task={task}
        onCounted={() => (tasks.length > 1 ? setOpened(null) : onClose())}
        onBack={() => setOpened(null)}
      />
    );
  return <TaskList tasks={tasks} onOpen={setOpened} onClose={onClose} />;
}

function TaskList({
  tasks,
  onOpen,
  onClose,
}: {
  readonly tasks: readonly Task[];
  readonly onOpen: (task: NoticeId) => void;
  readonly onClose: () => void;
}) {
  const hasCounts = useTill((till) => till.counts.counts.length > 0 || areaLeftOver(till) !== null);
  useScans("over", async (code) => {
    const task = await taskOfScan(code);
    if (task !== null) onOpen(task);
  });
  return (
    <Sheet title={t("tasks.title")} closeLabel={t("app.close")} onClose={onClose}>
      <CountCards />
      {tasks.length === 0 && !hasCounts ? (
        <p className="flex items-center gap-3 py-6 text-ink-soft text-lg">
          <CircleCheck aria-hidden className="shrink-0" />
          {t("tasks.none")}
        </p>
      ) : (
        <ul className="flex flex-col gap-2">
          {tasks.map((task) => (
            <li key={task.id}>
              <button
                type="button"
                onClick={() => onOpen(task.id)}
                className="press flex min-h-18 w-full flex-col justify-center rounded-2xl border border-line bg-paper px-5 py-3 text-start hover:border-brand"
              >
                <span className="font-bold text-lg">{t("tasks.count", { name: articleName(task) })}</span>
                <span className="figures text-ink-soft">
                  {[task.article?.sku, whyWords(task)]
                    .filter((text) => text !== undefined)
                    .map(apart)
                    .join(" · ")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

/** Counts that HQ planned: each opens by itself. */
function CountCards() {
  const { counts, area } = useTill((till) => till.counts);
  const leftOver = useTill(areaLeftOver);
  if (counts.length === 0 && leftOver === null) return null;
  return (
    <ul className="mb-4 flex flex-col gap-2">
      {counts.map((count) => (
        <li key={count.id}>
          <button
            type="button"
            onClick={() => openOverlay({ kind: "count", count: count.id })}
            className="press flex min-h-18 w-full flex-col justify-center rounded-2xl border border-line bg-paper px-5 py-3 text-start hover:border-brand"
          >
            <span className="font-bold text-lg">{t("counting.card", { name: count.name })}</span>
            <span className="text-ink-soft">
              {area?.count === count.id
                ? t("counting.inHand", { area: area.area })
                : t("counting.due", { day: dayText(Date.parse(`${count.day}T12:00:00Z`)), who: count.by })}
            </span>
          </button>
        </li>
      ))}
      {leftOver !== null && (
        <li>
          <button
            type="button"
            onClick={() => openOverlay({ kind: "count", count: leftOver.count })}
            className="press flex min-h-18 w-full items-center rounded-2xl border border-line bg-paper px-5 py-3 text-start font-bold text-lg hover:border-brand"
          >
            {t("counting.inHand", { area: leftOver.area })}
          </button>
        </li>
      )}
    </ul>
  );
}

/** The shelf of one article: its figure is typed, or grows with each piece that is scanned. */
function CountSheet({
  task,
  onCounted,
  onBack,
}: {
  readonly task: Task;
  readonly onCounted: () => void;
  readonly onBack: () => void;
}) {
  const [typed, setTyped] = useState("");
  const type = (digits: string): void => setTyped((before) => typeCount(before, digits));
  useTyped("over", type);
  useScans("over", async (code) => {
    if (!(await isArticle(task, code))) return;
    playTone("ok");
    setTyped(countOne);
  });
  const name = articleName(task);
  async function finish(): Promise<void> {
    if (typed !== "" && (await countStock(task.id, { name, counted: Number(typed) }))) onCounted();
  }
  return (
    <Sheet title={t("tasks.count", { name })} closeLabel={t("app.close")} onClose={onBack} width="narrow">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <div className="text-ink-soft leading-snug">
          <p className="figures">
            {[task.article?.sku, whyWords(task)]
              .filter((text) => text !== undefined)
              .map(apart)
              .join(" · ")}
          </p>
          <p>
            {t("tasks.asked", { who: task.by, time: `${dayText(task.askedAt)} ${timeText(task.askedAt)}` })}
          </p>
          {task.note === "" ? null : <p className="font-semibold text-ink">{task.note}</p>}
        </div>
        <p
          role="status"
          aria-label={t("tasks.onShelf")}
          className={`figures grid min-h-16 place-items-center rounded-2xl font-extrabold text-4xl ${typed === "" ? "bg-sunken text-ink-soft" : "bg-brand-soft"}`}
        >
          {typed === "" ? "–" : typed}
        </p>
        <p className="flex items-center gap-2 text-ink-soft text-sm">
          <ScanBarcode aria-hidden size={20} className="shrink-0" />
          {t("tasks.hint")}
        </p>
        <Numpad
          label={t("tasks.onShelf")}
          deleteLabel={t("payment.delete")}
          onDigits={type}
          onDelete={() => setTyped((before) => before.slice(0, -1))}
        />
        <Button type="submit" look="primary" size="huge" disabled={typed === ""}>
          {typed === "" ? t("tasks.enter") : t("tasks.confirm", { count: Number(typed) })}
        </Button>
      </form>
    </Sheet>
  );
}

function whyWords({ kind }: Task): string {
  const key = `tasks.why.${kind}`;
  return t(isKey(key) ? key : "tasks.why.other");
}
