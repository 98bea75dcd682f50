import { KEY_LABELS } from "../../app/keys.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";

/** Every key and what it does. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Sheet title={t("shortcuts.title")} closeLabel={t("app.close")} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-3">
        {KEY_LABELS.map(({ key, command }) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="inline-grid min-h-10 min-w-14 place-items-center rounded-lg border border-line bg-paper px-3 font-semibold font-sans">
                {key}
              </kbd>
            </dt>
            <dd className="text-lg">{t(`shortcuts.${command}`)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
