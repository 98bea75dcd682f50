import { CircleCheck } from "lucide-react";
import type { Money } from "#domain/money/money.ts";
import type { ShiftView } from "#protocol/till/shift.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { closeDay } from "./acts.ts";
import { Unsent } from "./close-sheet.tsx";

/** A drawer was closed: what becomes of the money, and whether the day is closed too. */
export function ClosedSheet({
  view,
  kept,
  banked,
  onClose,
}: {
  readonly view: ShiftView;
  readonly kept: Money;
  readonly banked: Money;
  readonly onClose: () => void;
}) {
  const isLast = view.open.length === 0;
  return (
    <Sheet title={t("shift.closed.title")} closeLabel={t("app.close")} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isLast) void closeDay();
          else onClose();
        }}
      >
        <Say icon={<CircleCheck aria-hidden />} look="bg-brand-soft text-ink">
          <dl className="figures grid grid-cols-[1fr_auto] gap-x-6">
            <dt>{t("shift.keep.kept")}</dt>
            <dd className="text-end font-bold">{moneyText(kept)}</dd>
            <dt>{t("shift.keep.banked")}</dt>
            <dd className="text-end font-bold">{moneyText(banked)}</dd>
          </dl>
        </Say>
        <p className="text-lg">{t(isLast ? "shift.closed.next" : "shift.closed.others")}</p>
        <Unsent />
        {isLast ? (
          <Button type="submit" look="primary" size="huge">
            {t("shift.do.day", { number: view.nextZ })}
          </Button>
        ) : null}
        <Button size="large" onClick={onClose}>
          {t("shift.closed.later")}
        </Button>
      </form>
    </Sheet>
  );
}
