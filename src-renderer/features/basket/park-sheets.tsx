import { Archive, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { askApproved } from "../../app/approve.tsx";
import { moneyText, timeText } from "../../app/format.ts";
import { ask, useTill } from "../../app/till.ts";
import { t, tCount } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";

const MAX_LABEL_CHARS = 80;

/** Sets the basket aside under a name; without one, the time tells it apart. */
export function ParkSheet({ onClose }: { readonly onClose: () => void }) {
  const [label, setLabel] = useState("");
  async function park(event: FormEvent): Promise<void> {
    event.preventDefault();
    const answer = await ask("parkBasket", {
      label: label.trim() === "" ? t("park.default", { time: timeText(Date.now()) }) : label.trim(),
    });
    if (answer?.ok === true) onClose();
  }
  return (
    <Sheet title={t("park.title")} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form onSubmit={park} className="flex flex-col gap-5">
        <Field
          label={t("park.label")}
          hint={t("park.hint")}
          data-first-focus
          autoComplete="off"
          value={label}
          maxLength={MAX_LABEL_CHARS}
          onChange={(event) => setLabel(event.target.value)}
          placeholder={t("park.placeholder")}
        />
        <Button type="submit" look="primary" size="huge" icon={<Archive aria-hidden size={22} />}>
          {t("park.confirm")}
        </Button>
      </form>
    </Sheet>
  );
}

/** Baskets that wait. One that is thrown away by mistake was never sold, so it asks by a second press. */
export function RecallSheet({ onClose }: { readonly onClose: () => void }) {
  const parked = useTill((till) => till.parked);
  return (
    <Sheet title={t("recall.title")} closeLabel={t("app.close")} onClose={onClose}>
      {parked.length === 0 ? (
        <p className="py-6 text-center text-ink-soft text-lg">{t("recall.none")}</p>
      ) : null}
      <ul className="flex flex-col gap-3">
        {parked.map((basket) => (
          <li key={basket.id} className="flex flex-col gap-3 rounded-2xl border border-line bg-paper p-4">
            <div>
              <p className="flex items-baseline justify-between gap-4 font-semibold text-lg">
                <bdi className="truncate">{basket.label}</bdi>
                <span className="figures font-bold text-xl">{moneyText(basket.total)}</span>
              </p>
              <p className="truncate text-ink-soft text-sm">
                {t("recall.by", { staff: basket.staffName, time: timeText(basket.parkedAt) })} ·{" "}
                {tCount("basket.pieces", basket.pieces)}
              </p>
            </div>
            <div className="grid grid-cols-2 gap-2">
              <Discard
                onDiscard={() =>
                  void askApproved(
                    "discardBasket",
                    { basket: basket.id },
                    { what: t("approve.discard", { name: basket.label, total: moneyText(basket.total) }) },
                  )
                }
              />
              <Button
                look="primary"
                onClick={async () => {
                  const answer = await ask("recallBasket", { basket: basket.id });
                  if (answer?.ok === true) onClose();
                }}
              >
                {t("recall.take")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** There is no undo for a parked basket, so the first press only arms the second. */
function Discard({ onDiscard }: { readonly onDiscard: () => void }) {
  const [armed, setArmed] = useState(false);
  return (
    <Button
      look={armed ? "danger" : "plain"}
      icon={<Trash2 aria-hidden size={18} />}
      onClick={() => (armed ? onDiscard() : setArmed(true))}
    >
      {t(armed ? "recall.discardSure" : "recall.discard")}
    </Button>
  );
}
