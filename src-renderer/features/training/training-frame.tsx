import { GraduationCap } from "lucide-react";
import type { ReactNode } from "react";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { endTraining } from "./training.ts";

/** While somebody practises, stripes stand around the whole screen and words above it: nobody takes it for the till that counts. */
export function TrainingFrame({ children }: { readonly children: ReactNode }) {
  const isTraining = useTill((till) => till.training !== null);
  return (
    <div className={isTraining ? "training-frame grid h-full grid-rows-[auto_minmax(0,1fr)]" : "h-full"}>
      {isTraining ? <Banner /> : null}
      <div className="h-full min-h-0 bg-paper">{children}</div>
    </div>
  );
}

function Banner() {
  return (
    <div
      role="status"
      data-testid="training"
      className="flex min-h-14 items-center gap-3 bg-accent px-4 py-1 font-bold text-lg text-on-accent"
    >
      <GraduationCap aria-hidden className="shrink-0" />
      <p className="min-w-0 flex-1 leading-tight">{t("training.banner")}</p>
      <Button onClick={() => void endTraining()}>{t("training.end")}</Button>
    </div>
  );
}
