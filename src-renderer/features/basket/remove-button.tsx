import { Trash2 } from "lucide-react";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { askApproved } from "../../app/approve.tsx";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** Takes a line out of the basket, and closes the sheet that it stands on. */
export function RemoveButton({
  line,
  size,
  onClose,
}: {
  readonly line: BasketLineView;
  readonly size: "large" | "huge";
  readonly onClose: () => void;
}) {
  return (
    <Button
      look="danger"
      size={size}
      icon={<Trash2 aria-hidden size={20} />}
      onClick={() => {
        onClose();
        void askApproved("removeLine", { line: line.id }, { what: t("approve.remove", { name: line.name }) });
      }}
    >
      {t("line.remove")}
    </Button>
  );
}
