import { Minus, Percent, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { useBasketSheets } from "./basket-sheets.ts";

/** Quantity, discount and removal of one line. */
export function LineSheet({ line }: { readonly line: BasketLineView }) {
  const { close, openLineDiscount } = useBasketSheets();
  const [typed, setTyped] = useState(String(line.quantity));
  const change = (quantity: number): void => {
    setTyped(String(quantity));
    void ask("changeQuantity", { line: line.id, quantity });
  };
  const finish = async (): Promise<void> => {
    const quantity = Number(typed);
    if (Number.isInteger(quantity) && quantity >= 1 && quantity !== line.quantity)
      await ask("changeQuantity", { line: line.id, quantity: Math.min(quantity, MAX_QUANTITY_PER_LINE) });
    close();
  };
  return (
    <Sheet title={line.name} closeLabel={t("app.close")} onClose={close}>
      <form
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <p className="flex items-baseline justify-between text-ink-soft">
          <span>{t("line.each", { price: moneyText(line.unitPrice) })}</span>
          <span className="figures font-bold text-2xl text-ink">{moneyText(line.total)}</span>
        </p>
        <div className="grid grid-cols-[4rem_1fr_4rem] gap-3">
          <Button
            size="huge"
            aria-label={t("line.less")}
            icon={<Minus aria-hidden />}
            disabled={line.quantity <= 1}
            onClick={() => change(line.quantity - 1)}
          />
          <input
            aria-label={t("line.quantity")}
            inputMode="numeric"
            value={typed}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value.replace(/\D/g, "").slice(0, 4))}
            className="figures min-w-0 rounded-xl border border-line bg-paper text-center font-bold text-3xl text-ink select-text"
          />
          <Button
            size="huge"
            aria-label={t("line.more")}
            icon={<Plus aria-hidden />}
            onClick={() => change(line.quantity + 1)}
          />
        </div>
        <div className="grid grid-cols-2 gap-3">
          <Button size="large" icon={<Percent aria-hidden />} onClick={() => openLineDiscount(line.id)}>
            {t("line.discount")}
          </Button>
          <Button
            look="danger"
            size="large"
            icon={<Trash2 aria-hidden />}
            onClick={() => {
              close();
              void ask("removeLine", { line: line.id });
            }}
          >
            {t("line.remove")}
          </Button>
        </div>
        <Button type="submit" look="primary" size="huge">
          {t("app.save")}
        </Button>
      </form>
    </Sheet>
  );
}
