import { PencilLine, Store, UserRound } from "lucide-react";
import type { BasketLineView } from "#protocol/till/basket.ts";
import { openOverlay } from "../../app/overlay.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** What else can be done with a line: see where it is in stock, type another price, say who sold it. */
export function LineExtras({ line }: { readonly line: BasketLineView }) {
  const seller = useSeller(line);
  const isPriceable = line.weighed === undefined && line.isGiftCard === undefined;
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        <Button
          icon={<Store aria-hidden size={20} />}
          className={isPriceable ? "" : "col-span-2"}
          onClick={() => openOverlay({ kind: "elsewhere", variant: line.variant, name: line.name })}
        >
          {t("elsewhere.button")}
        </Button>
        {isPriceable ? (
          <Button
            icon={<PencilLine aria-hidden size={20} />}
            onClick={() => openOverlay({ kind: "linePrice", line: line.id })}
          >
            {t("override.button")}
          </Button>
        ) : null}
      </div>
      <Button
        icon={<UserRound aria-hidden size={20} />}
        onClick={() => openOverlay({ kind: "seller", line: line.id })}
      >
        {seller === null ? t("seller.button") : t("seller.is", { name: seller })}
      </Button>
    </div>
  );
}

/** The name of whoever sold a line; null where it is whoever rings it up. */
export function useSeller({ soldBy }: Pick<BasketLineView, "soldBy">): string | null {
  const session = useTill((till) => till.session);
  if (soldBy === undefined || session?.state !== "open") return null;
  return session.colleagues?.find(({ id }) => id === soldBy)?.name ?? null;
}
