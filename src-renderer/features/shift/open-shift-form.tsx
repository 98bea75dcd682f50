import { Coins } from "lucide-react";
import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { CashCount } from "#domain/shift/cash.ts";
import type { ShiftView } from "#protocol/till/shift.ts";
import { moneyText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { openShift } from "./acts.ts";
import { CashCounter } from "./cash-counter.tsx";
import { countOf, fewestPieces, type Pieces } from "./pieces.ts";

/** The float of a drawer: counted by note and coin, or as it is expected, by one press. */
export function OpenShiftForm({
  shift,
  onOpened,
}: {
  readonly shift: ShiftView;
  readonly onOpened: () => void;
}) {
  const currency = useTill(({ session }) =>
    idOf<"Currency">(session !== null && "currency" in session ? session.currency : "EUR"),
  );
  const [pieces, setPieces] = useState<Pieces>({});
  const { denominations, suggestedFloat } = shift;
  const count = countOf(pieces, { denominations, currency });
  const expected = suggestedFloat === null ? null : fewestPieces(suggestedFloat, denominations);
  async function open(float: CashCount): Promise<void> {
    if (await openShift(float)) onOpened();
  }
  return (
    <form
      className="tight:grid-cols-1 grid grid-cols-[minmax(0,1fr)_15rem] gap-6 xl:grid-cols-[minmax(0,1fr)_20rem] xl:gap-10"
      onSubmit={(event) => {
        event.preventDefault();
        void open(count);
      }}
    >
      <CashCounter denominations={denominations} currency={currency} pieces={pieces} onPieces={setPieces} />
      <div className="flex flex-col gap-4">
        <p className="text-ink-soft text-lg leading-snug">{t("shift.open.ask")}</p>
        <p role="status" className="rounded-2xl bg-sunken px-5 py-3">
          <span className="block text-ink-soft">{t("shift.count.total")}</span>
          <span className="figures block text-end font-extrabold text-4xl">{moneyText(count.total)}</span>
        </p>
        {expected === null ? null : (
          <Button
            data-testid="open-as-expected"
            look="accent"
            size="huge"
            icon={<Coins aria-hidden className="shrink-0" />}
            onClick={() => void open(expected)}
          >
            {t("shift.open.expected", { amount: moneyText(expected.total) })}
          </Button>
        )}
        <Button type="submit" look="primary" size="huge">
          {count.total.minor === 0
            ? t("shift.open.empty")
            : t("shift.open.with", { amount: moneyText(count.total) })}
        </Button>
      </div>
    </form>
  );
}
