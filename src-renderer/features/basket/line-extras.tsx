import type { BasketLineView } from "#protocol/till/basket.ts";
import { openOverlay } from "../../app/overlay.ts";
import { printLabel } from "../../app/printers.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";

/** What else can be done with a line: see where it is in stock, type another price, say who sold it. */
export function LineExtras({ line }: { readonly line: BasketLineView }) {
  const isPriceable = line.weighed === undefined && line.isGiftCard === undefined;
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-2 [&_button]:px-2! [&_button]:text-sm!">
      <Button onClick={() => openOverlay({ kind: "elsewhere", variant: line.variant, name: line.name })}>
        {t("elsewhere.button")}
      </Button>
      {isPriceable ? (
        <Button onClick={() => openOverlay({ kind: "linePrice", line: line.id })}>
          {t("override.button")}
        </Button>
      ) : null}
      <Button onClick={() => openOverlay({ kind: "seller", line: line.id })}>{t("seller.button")}</Button>
      <Button onClick={() => void printLabel(line.variant)}>{t("label.print")}</Button>
    </div>
  );
}

/** The name of whoever sold a line; null where it is whoever rings it up. */
export function useSeller({ soldBy }: Pick<BasketLineView, "soldBy">): string | null {
  const session = useTill((till) => till.session);
  if (soldBy === undefined || session?.state !== "open") return null;
  return session.colleagues?.find(({ id }) => id === soldBy)?.name ?? null;
}
