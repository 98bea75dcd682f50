import { RefreshCw } from "lucide-react";
import { askApproved } from "../../app/approve.tsx";
import { timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { canInstall, updateWords } from "./update-words.ts";

/** Which version this till runs, and what becomes of the one that HQ wants. */
export function UpdateSection() {
  const update = useTill((till) => till.update);
  if (update === null) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold text-lg">{t("update.title")}</h3>
      <p className="text-ink-soft">
        {t("update.running", { version: update.running })}
        {update.wanted === null ? ` ${updateWords(update, timeText)}` : null}
      </p>
      <UpdateNote />
    </section>
  );
}

/** Nothing where the till is up to date: no news is good news. */
export function UpdateNote() {
  const update = useTill((till) => till.update);
  if (update === null || update.wanted === null) return null;
  const look = update.now.state === "failed" ? "bg-warn-soft text-warn" : "bg-sunken";
  return (
    <div className={`flex flex-col gap-3 rounded-xl p-4 ${look}`}>
      <p role="status" className="font-semibold">
        {updateWords(update, timeText)}
      </p>
      {canInstall(update) ? (
        <Button size="large" icon={<RefreshCw aria-hidden />} onClick={() => void install()}>
          {t("update.install")}
        </Button>
      ) : null}
    </div>
  );
}

async function install(): Promise<void> {
  await askApproved("installUpdate", {}, { what: t("update.allow") });
}
