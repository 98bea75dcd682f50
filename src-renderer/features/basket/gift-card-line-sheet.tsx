import { Trash2 } from "lucide-react";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { moneyText } from "../../app/format.ts";
import { ask } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";

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
        <Button
          look="danger"
          size="huge"
          icon={<Trash2 aria-hidden size={20} />}
          onClick={() => {
            onClose();
            void ask("removeLine", { line: line.id });
          }}
        >
          {t("line.remove")}
        </Button>
      </div>
    </Sheet>
  );
}
