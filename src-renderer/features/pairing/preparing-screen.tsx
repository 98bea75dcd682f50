import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Mark } from "../../ui/mark.tsx";

/** Paired, but the first data is still on its way: how far it is, truthfully. A till that HQ has taken out of service waits for nothing, and says so. */
export function PreparingScreen({ storeName }: { readonly storeName: string }) {
  const sync = useTill((till) => till.sync);
  const percent = sync?.firstSync?.percent ?? 0;
  if (sync !== null && sync.trouble !== null)
    return (
      <main className="on-deep grid h-full place-items-center bg-deep p-6 text-on-deep">
        <div className="rise flex w-full max-w-xl flex-col gap-6">
          <Mark size={64} />
          <h1 className="font-bold text-4xl">{t("sync.attention")}</h1>
          <p role="alert" className="text-lg">
            {t(`sync.trouble.${sync.trouble}`)}
          </p>
        </div>
      </main>
    );
  const waiting = sync !== null && sync.link.state !== "online";
  return (
    <main className="on-deep grid h-full place-items-center bg-deep p-6 text-on-deep">
      <div className="rise flex w-full max-w-xl flex-col gap-6">
        <Mark size={64} />
        <h1 className="font-bold text-4xl">{t("preparing.title", { store: storeName })}</h1>
        <p className="text-lg text-on-deep-soft">
          {waiting ? t("preparing.neverOnline") : t("preparing.text")}
        </p>
        <progress
          aria-label={t("sync.firstSync", { percent })}
          max={100}
          value={percent}
          className="h-3 w-full appearance-none overflow-hidden rounded-full [&::-webkit-progress-bar]:bg-deep-raised [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-mint [&::-webkit-progress-value]:transition-[width]"
        />
        <p className="figures font-bold text-3xl">{t("sync.firstSync", { percent })}</p>
      </div>
    </main>
  );
}
