import { Minus, Percent, Plus } from "lucide-react";
import { useState } from "react";
import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { moneyText } from "../../app/format.ts";
import { useTyped } from "../../app/keyboard.ts";
import { openOverlay } from "../../app/overlay.ts";
import { apart, t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Numpad } from "../../ui/numpad.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { LineExtras } from "./line-extras.tsx";
import { LineReduction, pieceWords } from "./line-price.tsx";
import { typeQuantity } from "./quantity-entry.ts";
import { RemoveButton } from "./remove-button.tsx";

/** Quantity, discount and removal of one line. What is typed replaces the quantity; plus and minus change it at once. */
export function LineSheet({
  line,
  onClose,
}: {
  readonly line: BasketLineView;
  readonly onClose: () => void;
}) {
  const [typed, setTyped] = useState("");
  const quantity = typed === "" ? line.quantity : Number(typed);
  const type = (digits: string): void => {
    // A weighed package is one piece.
    if (line.weighed === undefined) setTyped((before) => typeQuantity(before, digits));
  };
  useTyped("over", type);

  function step(by: number): void {
    const next = Math.min(Math.max(quantity + by, 1), MAX_QUANTITY_PER_LINE);
    setTyped("");
    void change(next);
  }
  function change(next: number) {
    const what =
      next < line.quantity
        ? t("approve.fewer", { name: line.name, count: line.quantity - next })
        : t("approve.more");
    return askApproved("changeQuantity", { line: line.id, quantity: next }, { what });
  }
  async function finish(): Promise<void> {
    if (quantity === line.quantity) return onClose();
    const answer = await change(quantity);
    if (answer?.ok === true) onClose();
  }

  return (
    <Sheet title={line.name} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <form
        className="flex flex-col gap-4 low:gap-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          void finish();
        }}
      >
        <p className="flex items-baseline justify-between text-ink-soft">
          <span className="figures flex flex-col leading-tight">
            <span>{pieceWords(line).map(apart).join(" · ")}</span>
            <LineReduction line={line} />
          </span>
          <span className="figures font-bold text-2xl text-ink">
            {quantity === line.quantity ? moneyText(line.total) : "…"}
          </span>
        </p>
        {line.weighed === undefined ? (
          <>
            <div className="grid grid-cols-[4rem_1fr_4rem] gap-2">
              <Button
                size="huge"
                className="px-0! low:min-h-14!"
                aria-label={t("line.less")}
                icon={<Minus aria-hidden />}
                disabled={quantity <= 1}
                onClick={() => step(-1)}
              />
              <p
                role="status"
                aria-label={t("line.quantity")}
                className={`figures grid place-items-center rounded-2xl font-extrabold text-4xl ${typed === "" ? "bg-sunken" : "bg-brand-soft"}`}
              >
                {quantity}
              </p>
              <Button
                size="huge"
                className="px-0! low:min-h-14!"
                aria-label={t("line.more")}
                icon={<Plus aria-hidden />}
                disabled={quantity >= MAX_QUANTITY_PER_LINE}
                onClick={() => step(1)}
              />
            </div>
            <Numpad
              label={t("line.quantity")}
              deleteLabel={t("payment.delete")}
              onDigits={type}
              onDelete={() => setTyped((before) => before.slice(0, -1))}
            />
          </>
        ) : null}
        <LineExtras line={line} />
        <div className="grid grid-cols-2 gap-2 low:[&>button]:min-h-12!">
          <Button
            size="large"
            icon={<Percent aria-hidden size={20} />}
            onClick={() => openOverlay({ kind: "lineDiscount", line: line.id })}
          >
            {t("line.discount")}
          </Button>
          <RemoveButton line={line} size="large" onClose={onClose} />
        </div>
        <Button type="submit" look="primary" size="huge" className="low:min-h-14!">
          {t("app.done")}
        </Button>
      </form>
    </Sheet>
  );
}
