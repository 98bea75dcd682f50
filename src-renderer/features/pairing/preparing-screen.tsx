import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";

/** Paired, but the first data is still on its way: how far it is, truthfully. */
export function PreparingScreen({ storeName }: { readonly storeName: string }) {
  const sync = useTill((till) => till.sync);
  const percent = sync?.firstSync?.percent ?? 0;
  const waiting = sync !== null && sync.link.state !== "online";
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="flex w-full max-w-xl flex-col gap-5 rounded-panel bg-surface p-10 shadow-tile">
        <h1 className="font-bold text-3xl">{t("preparing.title", { store: storeName })}</h1>
        <p className="text-ink-soft text-lg">{waiting ? t("preparing.neverOnline") : t("preparing.text")}</p>
        <progress
          aria-label={t("sync.firstSync", { percent })}
          max={100}
          value={percent}
          className="h-3 w-full overflow-hidden rounded-full accent-brand"
        />
        <p className="figures font-semibold text-xl">{t("sync.firstSync", { percent })}</p>
      </div>
    </main>
  );
}
