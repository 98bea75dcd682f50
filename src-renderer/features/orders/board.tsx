import { Inbox, SearchX } from "lucide-react";
import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { LANES, type Lane, lanesOf } from "./lanes.ts";
import { OrderCardButton } from "./order-card.tsx";
import { openFound, openOrder } from "./orders-store.ts";
import { useNow } from "./use-now.ts";

/** The collect queue: what is to pick, what waits, what is over. */
export function Board({ orders }: { readonly orders: readonly OrderCard[] }) {
  const lanes = lanesOf(orders);
  const now = useNow();
  return (
    <div className="tight:block tight:h-auto grid h-full min-h-0 grid-cols-3 gap-3 p-3 pb-0 xl:gap-4 xl:p-4 xl:pb-0">
      {LANES.map((lane) => (
        <LaneColumn key={lane} lane={lane} cards={lanes[lane]} now={now} />
      ))}
    </div>
  );
}

function LaneColumn({
  lane,
  cards,
  now,
}: {
  readonly lane: Lane;
  readonly cards: readonly OrderCard[];
  readonly now: number;
}) {
  const title = t(`orders.lane.${lane}`);
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-col gap-2">
      <h2 className="flex min-h-10 items-center gap-2 px-1 font-bold text-xl">
        {title}
        <span className="figures grid h-7 min-w-7 place-items-center rounded-full bg-sunken px-2 text-base text-ink-soft">
          {cards.length}
        </span>
      </h2>
      {cards.length === 0 ? (
        <p className="flex flex-col items-center gap-3 rounded-2xl border border-line border-dashed px-4 py-10 text-balance text-center text-ink-soft">
          <Inbox aria-hidden size={32} strokeWidth={1.5} />
          {t(`orders.none.${lane}`)}
        </p>
      ) : (
        <Cards cards={cards} now={now} onOpen={openOrder} />
      )}
    </section>
  );
}

/** What the search found, best first. */
export function Found({ text, cards }: { readonly text: string; readonly cards: readonly OrderCard[] }) {
  const now = useNow();
  if (cards.length === 0)
    return (
      <div className="flex flex-col items-center gap-2 p-16 text-center">
        <SearchX aria-hidden size={48} strokeWidth={1.5} className="text-ink-soft" />
        <p className="font-semibold text-xl">{t("orders.nothing", { text })}</p>
        <p className="text-ink-soft">{t("orders.nothingHint")}</p>
      </div>
    );
  return (
    <section
      aria-label={t("orders.search")}
      className="tight:h-auto flex h-full min-h-0 flex-col gap-2 p-3 pb-0 xl:p-4 xl:pb-0"
    >
      <p role="status" className="figures px-1 font-semibold text-ink-soft">
        {t("orders.found", { count: cards.length })}
      </p>
      <Cards cards={cards} now={now} onOpen={openFound} />
    </section>
  );
}

function Cards({
  cards,
  now,
  onOpen,
}: {
  readonly cards: readonly OrderCard[];
  readonly now: number;
  readonly onOpen: (card: OrderCard) => void;
}) {
  return (
    <ul className="thin-scroll -mx-1 grid min-h-0 flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(min(100%,17.5rem),1fr))] content-start gap-2 overflow-y-auto p-1 pb-4">
      {cards.map((card) => (
        <li key={card.id}>
          <OrderCardButton card={card} now={now} onOpen={() => onOpen(card)} />
        </li>
      ))}
    </ul>
  );
}
