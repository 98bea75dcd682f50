import { RefreshCw } from "lucide-react";
import type { ReactNode } from "react";
import { timeText } from "../../app/format.ts";
import { recordsKey, recordsText } from "../../app/records-words.ts";
import { chipWords, explains } from "../../app/sync-words.ts";
import { ask, useTill } from "../../app/till.ts";
import { numberText, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";

/** A clock further off than this, milliseconds, is shown. */
const CLOCK_TOLERANCE_MS = 120_000;
const MINUTE_MS = 60_000;

/** What stands behind the chip. */
export function SyncSheet({
  onClose,
  children,
}: {
  readonly onClose: () => void;
  /** What other features have to say of how this till stands. */
  readonly children?: ReactNode;
}) {
  const sync = useTill((till) => till.sync);
  const products = useTill((till) => till.catalog?.products ?? 0);
  if (sync === null) return null;
  const off = Math.abs(sync.clockOffsetMs) > CLOCK_TOLERANCE_MS;
  return (
    <Sheet title={t("sync.title")} closeLabel={t("app.close")} onClose={onClose}>
      <p className="mb-1 font-semibold text-lg">{chipWords(sync, timeText)[0]}</p>
      {explains(sync) ? <p className="mb-5 text-lg">{t(`sync.explain.${sync.link.state}`)}</p> : null}
      {sync.trouble === null ? null : (
        <p role="alert" className="mb-4 rounded-xl bg-danger-soft p-4 font-semibold text-danger">
          {t(`sync.trouble.${sync.trouble}`)}
        </p>
      )}
      {sync.records?.map((each) => (
        <p key={recordsKey(each)} className="mb-4 rounded-xl bg-warn-soft p-4 font-semibold text-warn">
          {recordsText(each, timeText)}
        </p>
      ))}
      {sync.letInAt === undefined ? null : (
        <p className="mb-4 rounded-xl bg-warn-soft p-4 font-semibold text-warn">{t("sync.letIn")}</p>
      )}
      {sync.offlinePolicy === "ok" ? null : (
        <p className="mb-4 rounded-xl bg-warn-soft p-4 font-semibold text-warn">
          {t(`sync.policy.${sync.offlinePolicy}`)}
        </p>
      )}
      {children}
      <dl className="mt-4 grid grid-cols-[1fr_auto] gap-x-6 gap-y-3">
        <Row label={t("sync.row.unsent")} value={numberText(sync.unsent)} />
        {sync.oldestUnsentAt === null ? null : (
          <Row label={t("sync.row.oldest")} value={timeText(sync.oldestUnsentAt)} />
        )}
        <Row
          label={t("sync.row.contact")}
          value={sync.lastContactAt === null ? t("sync.never") : timeText(sync.lastContactAt)}
        />
        {sync.lastContactAt === null ? null : (
          <Row
            label={t("sync.row.clock")}
            value={
              off
                ? t("sync.clockOff", { minutes: Math.round(sync.clockOffsetMs / MINUTE_MS) })
                : t("sync.clockRight")
            }
          />
        )}
        <Row label={t("sync.row.products")} value={numberText(products)} />
      </dl>
      <div className="mt-6 flex">
        <Button size="large" icon={<RefreshCw aria-hidden />} onClick={() => void ask("syncNow", {})}>
          {t("sync.now")}
        </Button>
      </div>
    </Sheet>
  );
}

function Row({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt className="text-ink-soft">{label}</dt>
      <dd className="figures text-end font-semibold">{value}</dd>
    </>
  );
}
