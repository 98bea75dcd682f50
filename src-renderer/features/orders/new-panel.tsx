import { Check, PackageSearch, Printer, ThumbsDown, UserRound } from "lucide-react";
import { useState } from "react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { actOnCard, printSlip, takeOver } from "./act.ts";
import { DeclineSheet } from "./decline-sheet.tsx";
import { Panel } from "./panel.tsx";

const SMALL = "min-h-15! flex-col gap-1! whitespace-nowrap px-1! text-sm!";

/** An order that waits for somebody, or is in a colleague's hands. */
export function NewPanel({ card }: { readonly card: OrderCard }) {
  const [declining, setDeclining] = useState(false);
  const isNew = card.state !== "picking";
  useEnter(() => {
    if (isNew) void actOnCard("startPicking", card);
  });
  return (
    <>
      <Panel
        actions={
          <>
            {isNew ? (
              <Button
                look="primary"
                size="huge"
                icon={<PackageSearch aria-hidden />}
                onClick={() => void actOnCard("startPicking", card)}
              >
                {t("orders.startPicking")}
              </Button>
            ) : (
              <Button size="huge" icon={<UserRound aria-hidden />} onClick={() => void takeOver(card)}>
                {t("orders.takeOver")}
              </Button>
            )}
            <OtherActs card={card} isNew={isNew} onDecline={() => setDeclining(true)} />
          </>
        }
      >
        {isNew ? (
          <Say icon={<PackageSearch aria-hidden />}>{t("orders.newHint")}</Say>
        ) : (
          <Say icon={<UserRound aria-hidden />}>
            {t("orders.pickedByOther", { name: card.claimedBy?.name ?? "" })}
          </Say>
        )}
      </Panel>
      {declining ? <DeclineSheet card={card} onClose={() => setDeclining(false)} /> : null}
    </>
  );
}

function OtherActs({
  card,
  isNew,
  onDecline,
}: {
  readonly card: OrderCard;
  readonly isNew: boolean;
  readonly onDecline: () => void;
}) {
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-2">
      {card.state === "allocated" ? (
        <Button
          className={SMALL}
          icon={<Check aria-hidden size={20} />}
          onClick={() => void actOnCard("acceptOrder", card)}
        >
          {t("orders.accept")}
        </Button>
      ) : null}
      <Button className={SMALL} icon={<Printer aria-hidden size={20} />} onClick={() => void printSlip(card)}>
        {t("orders.printSlip")}
      </Button>
      {isNew ? (
        <Button
          look="danger"
          className={SMALL}
          icon={<ThumbsDown aria-hidden size={20} />}
          onClick={onDecline}
        >
          {t("orders.decline")}
        </Button>
      ) : null}
    </div>
  );
}
