import { type FormEvent, useState } from "react";
import { moneyText, timeText } from "../../app/format.ts";
import { ask, useTill } from "../../app/till.ts";
import { t, tPieces } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useBasketSheets } from "./basket-sheets.ts";

/** Sets the basket aside under a name. */
export function ParkSheet() {
  const close = useBasketSheets((sheets) => sheets.close);
  const [label, setLabel] = useState("");
  async function park(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await ask("parkBasket", {
      label: label.trim() === "" ? t("park.default", { time: timeText(Date.now()) }) : label.trim(),
    });
    if (answer?.ok === true) close();
  }
  return (
    <Sheet title={t("park.title")} closeLabel={t("app.close")} onClose={close}>
      <form onSubmit={park} className="flex flex-col gap-5">
        <Field
          label={t("park.label")}
          autoFocus
          value={label}
          maxLength={80}
          onChange={(event) => setLabel(event.target.value)}
          placeholder={t("park.placeholder")}
        />
        <Button type="submit" look="primary" size="huge">
          {t("park.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}

/** Baskets that wait, newest first. */
export function RecallSheet() {
  const close = useBasketSheets((sheets) => sheets.close);
  const parked = useTill((till) => till.parked);
  return (
    <Sheet title={t("recall.title")} closeLabel={t("app.close")} onClose={close}>
      {parked.length === 0 ? <p className="text-ink-soft text-lg">{t("recall.none")}</p> : null}
      <ul className="flex flex-col gap-3">
        {parked.map((basket) => (
          <li
            key={basket.id}
            className="flex items-center gap-4 rounded-xl border border-line bg-paper p-3 pl-4"
          >
            <div className="min-w-0 flex-1">
              <p className="truncate font-semibold text-lg">{basket.label}</p>
              <p className="text-ink-soft text-sm">
                {t("recall.by", { staff: basket.staffName, time: timeText(basket.parkedAt) })} ·{" "}
                {tPieces(basket.pieces)}
              </p>
            </div>
            <span className="figures font-bold text-lg">{moneyText(basket.total)}</span>
            <Button look="quiet" onClick={() => void ask("discardBasket", { basket: basket.id })}>
              {t("recall.discard")}
            </Button>
            <Button
              look="primary"
              onClick={async () => {
                const answer = await ask("recallBasket", { basket: basket.id });
                if (answer?.ok === true) close();
              }}
            >
              {t("recall.take")}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
