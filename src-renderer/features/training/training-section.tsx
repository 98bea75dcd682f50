import { GraduationCap } from "lucide-react";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { startTraining } from "./training.ts";

/** In the settings: where a new colleague begins. */
export function TrainingSection() {
  const isTraining = useTill((till) => till.training !== null);
  if (isTraining) return null;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold text-lg">{t("training.title")}</h3>
      <p className="text-ink-soft">{t("training.hint")}</p>
      <Button size="large" icon={<GraduationCap aria-hidden />} onClick={() => void startTraining()}>
        {t("training.start")}
      </Button>
    </section>
  );
}
