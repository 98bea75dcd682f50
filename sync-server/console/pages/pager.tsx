import { ChevronLeft, ChevronRight } from "lucide-react";
import { numberText } from "../format.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";

/** Which of so many are shown, and the buttons to those before and after; nothing where all of them are. Behind the last there is the way back: what is dealt with leaves its list. */
export function Pager({
  offset,
  total,
  size,
  onMove,
}: {
  readonly offset: number;
  readonly total: number;
  readonly size: number;
  readonly onMove: (offset: number) => void;
}) {
  if (total <= size && offset === 0) return null;
  const last = Math.min(offset + size, total);
  return (
    <div className="mt-4 flex items-center justify-end gap-3">
      {offset < total && (
        <span className="figures text-soft">
          {t("catalogue.range", {
            first: numberText(offset + 1),
            last: numberText(last),
            total: numberText(total),
          })}
        </span>
      )}
      <Button
        aria-label={t("catalogue.previous")}
        isDisabled={offset === 0}
        onPress={() => onMove(Math.max(0, offset - size))}
        className="px-2.5"
      >
        <ChevronLeft aria-hidden size={18} />
      </Button>
      <Button
        aria-label={t("catalogue.next")}
        isDisabled={last >= total}
        onPress={() => onMove(offset + size)}
        className="px-2.5"
      >
        <ChevronRight aria-hidden size={18} />
      </Button>
    </div>
  );
}
