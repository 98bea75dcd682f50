import { TriangleAlert, Vault } from "lucide-react";
import type { ReactNode } from "react";
import { dateText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { beginClose, goToCash } from "./acts.ts";

/** What somebody at the till should know of their drawer: it was forgotten, or holds too much. */
export function ShiftBanner() {
  const mine = useTill((till) => till.shift?.mine ?? null);
  if (mine?.forgotten === true)
    return (
      <Banner
        icon={<TriangleAlert aria-hidden className="shrink-0" />}
        words={t("shift.forgotten", { day: dateText(mine.businessDay) })}
      >
        <Button onClick={() => beginClose(mine)}>{t("shift.closeNow")}</Button>
      </Banner>
    );
  if (mine?.pickupWanted === true)
    return (
      <Banner icon={<Vault aria-hidden className="shrink-0" />} words={t("shift.pickupWanted")}>
        <Button onClick={() => goToCash({ at: "move", kind: "pickup" })}>{t("shift.pickupNow")}</Button>
      </Banner>
    );
  return null;
}

function Banner({
  icon,
  words,
  children,
}: {
  readonly icon: ReactNode;
  readonly words: string;
  readonly children: ReactNode;
}) {
  return (
    <div role="status" className="flex items-center gap-3 bg-warn-soft px-4 py-1.5 font-semibold text-warn">
      {icon}
      <p className="min-w-0 flex-1 leading-tight">{words}</p>
      {children}
    </div>
  );
}
