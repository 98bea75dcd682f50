import { Clock4, Keyboard, Printer } from "lucide-react";
import type { ReactNode } from "react";
import { openOverlay } from "../../app/overlay.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { LanguageChoice } from "./language-choice.tsx";
import { LookAndFeel } from "./look-and-feel.tsx";

/** What belongs to this machine: its devices, its look, its sounds, its keys. */
export function SettingsSheet({
  onClose,
  children,
}: {
  readonly onClose: () => void;
  /** What other features have to set here. */
  readonly children?: ReactNode;
}) {
  return (
    <Sheet title={t("settings.title")} closeLabel={t("app.close")} onClose={onClose}>
      <div className="flex flex-col gap-8">
        <section className="flex flex-col gap-3">
          <h3 className="font-bold text-lg">{t("devices.title")}</h3>
          <p className="text-ink-soft">{t("devices.openHint")}</p>
          <Button
            size="large"
            icon={<Printer aria-hidden />}
            onClick={() => openOverlay({ kind: "devices" })}
          >
            {t("devices.open")}
          </Button>
        </section>
        <Button
          size="large"
          icon={<Clock4 aria-hidden size={20} />}
          onClick={() => openOverlay({ kind: "clock" })}
        >
          {t("clock.title")}
        </Button>
        <LookAndFeel />
        {children}
        <LanguageChoice />
        <Button
          size="large"
          icon={<Keyboard aria-hidden size={20} />}
          onClick={() => openOverlay({ kind: "keys" })}
        >
          {t("settings.keys")}
        </Button>
      </div>
    </Sheet>
  );
}
