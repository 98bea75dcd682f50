import { CircleCheck, Truck, Undo2 } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { useEnter } from "../../app/use-enter.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Say } from "../../ui/say.tsx";
import { restock } from "./act.ts";
import { closeOrder } from "./orders-store.ts";
import { Panel } from "./panel.tsx";
import { ShelfFact } from "./shelf-fact.tsx";

/** An order that is over. Where its goods still lie on the shelf, one press puts them back on sale. */
export function OverPanel({ card }: { readonly card: OrderCard }) {
  const act = (): void => (card.toRestock ? void restock(card) : closeOrder());
  useEnter(act);
  return (
    <Panel
      actions={
        card.toRestock ? (
          <Button
            look="primary"
            size="huge"
            icon={<Undo2 aria-hidden className="rtl:-scale-x-100" />}
            onClick={act}
          >
            {t("orders.restock")}
          </Button>
        ) : (
          <Button size="huge" onClick={act}>
            {t("orders.back")}
          </Button>
        )
      }
    >
      {card.toRestock ? (
        <Say icon={<Undo2 aria-hidden className="rtl:-scale-x-100" />} look="bg-danger-soft text-danger">
          {restockWords(card.state)}
        </Say>
      ) : (
        <Say icon={<CircleCheck aria-hidden />}>{overWords(card.state)}</Say>
      )}
      {card.toRestock ? <ShelfFact shelf={card.shelf} /> : null}
      <Parcels card={card} />
    </Panel>
  );
}

function restockWords(state: OrderCard["state"]): string {
  if (state === "expired" || state === "declined") return t(`orders.restock.${state}`);
  return t("orders.restock.cancelled");
}

function overWords(state: OrderCard["state"]): string {
  switch (state) {
    case "shipped":
    case "declined":
    case "cancelled":
    case "expired":
      return t(`orders.over.${state}`);
    default:
      return t("orders.over.collected");
  }
}

function Parcels({ card }: { readonly card: OrderCard }) {
  if (card.parcels.length === 0) return null;
  return (
    <ul aria-label={t("orders.pack.parcels")} className="flex flex-col gap-2">
      {card.parcels.map(({ carrier, tracking }) => (
        <li
          key={`${carrier}-${tracking}`}
          className="figures flex items-center gap-3 rounded-2xl border border-line p-4"
        >
          <Truck aria-hidden />
          <span className="font-semibold">{carrier}</span>
          <span className="select-text truncate text-ink-soft">{tracking}</span>
        </li>
      ))}
    </ul>
  );
}
