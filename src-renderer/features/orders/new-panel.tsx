import { Check, Hourglass, PackageSearch, Printer, ThumbsDown, UserRound } from "lucide-react";
import { useState } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { actOnCard, printSlip } from "./act.ts";
import { DeclineSheet } from "./decline-sheet.tsx";
import { Panel, Say } from "./panel.tsx";
import { ShortSheet } from "./short-sheet.tsx";

/** An order that waits for somebody, is in a colleague's hands, or waits for HQ. */
export function NewPanel({ card }: { readonly card: OrderCard }) {
  const [sheet, setSheet] = useState<"none" | "decline" | "short">("none");
  const isNew = card.state === "allocated" || card.state === "accepted";
  const isShort = card.state === "short";
  const begin = (): void => {
    if (isNew) void actOnCard("startPicking", card);
    else if (isShort) setSheet("short");
  };
  useEnter(begin);
  return (
    <>
      <Panel
        actions={
          <>
            {isNew ? (
              <Button look="primary" size="huge" icon={<PackageSearch aria-hidden />} onClick={begin}>
                {t("orders.startPicking")}
              </Button>
            ) : null}
            {isShort ? (
              <Button look="primary" size="huge" onClick={begin}>
                {t("orders.shortDecide")}
              </Button>
            ) : null}
            <div className="grid auto-cols-fr grid-flow-col gap-2">
              {card.state === "allocated" ? (
                <Button
                  size="large"
                  className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
                  icon={<Check aria-hidden size={20} />}
                  onClick={() => void actOnCard("acceptOrder", card)}
                >
                  {t("orders.accept")}
                </Button>
              ) : null}
              <Button
                size="large"
                className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
                icon={<Printer aria-hidden size={20} />}
                onClick={() => void printSlip(card)}
              >
                {t("orders.printSlip")}
              </Button>
              {isNew || isShort ? (
                <Button
                  look="danger"
                  size="large"
                  className="min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!"
                  icon={<ThumbsDown aria-hidden size={20} />}
                  onClick={() => setSheet("decline")}
                >
                  {t("orders.decline")}
                </Button>
              ) : null}
            </div>
          </>
        }
      >
        <Situation card={card} />
      </Panel>
      {sheet === "decline" ? <DeclineSheet card={card} onClose={() => setSheet("none")} /> : null}
      {sheet === "short" ? (
        <ShortSheet card={card} shelf={card.shelf ?? ""} onClose={() => setSheet("none")} />
      ) : null}
    </>
  );
}

function Situation({ card }: { readonly card: OrderCard }) {
  if (card.state === "short")
    return (
      <Say icon={<Hourglass aria-hidden />} look="bg-warn-soft text-warn">
        {t("orders.shortHint")}
      </Say>
    );
  if (card.state === "picking")
    return (
      <Say icon={<UserRound aria-hidden />}>
        {t("orders.pickedByOther", { name: card.claimedBy?.name ?? "" })}
      </Say>
    );
  return <Say icon={<PackageSearch aria-hidden />}>{t("orders.newHint")}</Say>;
}
