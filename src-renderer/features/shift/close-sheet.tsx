import { CloudUpload } from "lucide-react";
import { useState } from "react";
import type { OpenShiftView, ShiftView } from "#protocol/till/shift.ts";
import { moneyText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { countShift, useClosing } from "./acts.ts";
import { CashCounter } from "./cash-counter.tsx";
import { OutcomeSheet } from "./outcome-sheet.tsx";
import { countOf, type Pieces } from "./pieces.ts";

/** Closes a drawer: it is counted first, and only then is said how it came out. */
export function CloseSheet({
  view,
  drawer,
  onClose,
}: {
  readonly view: ShiftView;
  readonly drawer: OpenShiftView;
  readonly onClose: () => void;
}) {
  const closing = useClosing((state) => state.closing);
  return closing?.shift.shift === drawer.shift ? (
    <OutcomeSheet counted={closing.counted} usual={view.suggestedFloat} onClose={onClose} />
  ) : (
    <CountSheet view={view} drawer={drawer} onClose={onClose} />
  );
}

function CountSheet({
  view,
  drawer,
  onClose,
}: {
  readonly view: ShiftView;
  readonly drawer: OpenShiftView;
  readonly onClose: () => void;
}) {
  const { denominations, blindCount, mine } = view;
  const { currency } = drawer.float;
  const [pieces, setPieces] = useState<Pieces>({});
  const count = countOf(pieces, { denominations, currency });
  const isMine = mine?.shift === drawer.shift;
  return (
    <Sheet
      title={
        isMine || drawer.owner === null
          ? t("shift.close.title")
          : t("shift.close.titleOf", { name: drawer.owner.name })
      }
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
    >
      <form
        className="tight:grid-cols-1 grid grid-cols-[minmax(0,1fr)_15rem] gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void countShift(drawer, count);
        }}
      >
        <CashCounter denominations={denominations} currency={currency} pieces={pieces} onPieces={setPieces} />
        <div className="flex flex-col gap-4">
          <p className="leading-snug">
            {blindCount || drawer.expected === null
              ? t("shift.close.blind")
              : t("shift.close.seen", { amount: moneyText(drawer.expected) })}
          </p>
          <p role="status" className="rounded-2xl bg-sunken px-5 py-3">
            <span className="block text-ink-soft">{t("shift.count.total")}</span>
            <span className="figures block text-end font-extrabold text-3xl">{moneyText(count.total)}</span>
          </p>
          <Unsent />
          <Button type="submit" look="primary" size="huge" className="text-lg!">
            {t("shift.close.write")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}

/** Says what is not at HQ yet, and that this is no reason to wait. */
export function Unsent() {
  const unsent = useTill((till) => till.sync?.unsent ?? 0);
  if (unsent === 0) return null;
  return (
    <Say icon={<CloudUpload aria-hidden />} look="bg-warn-soft text-warn">
      <p className="text-base">{tCount("shift.close.unsent", unsent)}</p>
    </Say>
  );
}
