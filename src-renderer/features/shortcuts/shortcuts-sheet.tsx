import { Keyboard } from "lucide-react";
import { keyText } from "../../app/key-hint.tsx";
import { COMMANDS, useKeyMap } from "../../app/key-map.ts";
import { HELP_CHARACTER } from "../../app/keys.ts";
import { openOverlay } from "../../app/overlay.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { KeyCap } from "./key-cap.tsx";

/** Every key of this till and what it does. */
export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  const map = useKeyMap((state) => state.map);
  return (
    <Sheet
      title={t("shortcuts.title")}
      closeLabel={t("app.close")}
      onClose={onClose}
      footer={
        <Button
          size="large"
          className="w-full"
          icon={<Keyboard aria-hidden size={20} />}
          onClick={() => openOverlay({ kind: "keys" })}
        >
          {t("settings.keys")}
        </Button>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-3">
        {COMMANDS.map((command) => {
          const chord = map[command];
          const keys = [
            ...(chord === null ? [] : [keyText(chord)]),
            ...(command === "help" ? [HELP_CHARACTER] : []),
          ];
          return (
            <div key={command} className="contents">
              <dt className="flex flex-wrap gap-1.5">
                {keys.length === 0 ? <span className="text-ink-soft">{t("keys.none")}</span> : null}
                {keys.map((key) => (
                  <KeyCap key={key} words={key} />
                ))}
              </dt>
              <dd className="text-lg">{t(`shortcuts.${command}`)}</dd>
            </div>
          );
        })}
      </dl>
    </Sheet>
  );
}
