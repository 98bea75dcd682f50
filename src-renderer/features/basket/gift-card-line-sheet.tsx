import type { BasketLineView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { RemoveButton } from "./remove-button.tsx";

/** A gift card in the basket is one piece and paid in full: it can only go out again. */
export function GiftCardLineSheet({
  line,
  onClose,
}: {
  readonly line: BasketLineView;
  readonly onClose: () => void;
}) {
  return (
    <Sheet title={line.name} closeLabel={t("app.close")} onClose={onClose} width="narrow">
      <div className="flex flex-col gap-4">
        <p className="flex items-baseline justify-between">
          <span className="figures text-ink-soft">{line.options.join(" ")}</span>
          <span className="figures font-bold text-2xl">{moneyText(line.total)}</span>
        </p>
        <RemoveButton line={line} size="huge" onClose={onClose} />
      </div>
    </Sheet>
  );
}
