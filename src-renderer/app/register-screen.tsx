import { useRef, useState } from "react";
import type { BasketId, TicketId } from "#domain/ids.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import { BasketPanel, EmptyBasket } from "../features/basket/basket-panel.tsx";
import { useBasketSheets } from "../features/basket/basket-sheets.ts";
import { BasketSheets } from "../features/basket/sheets.tsx";
import { CatalogPanel } from "../features/catalog/catalog-panel.tsx";
import { closeChoice } from "../features/catalog/catalog-store.ts";
import { PaymentScreen } from "../features/payment/payment-screen.tsx";
import { DonePanel, type DoneSale } from "../features/receipt/done-panel.tsx";
import { ReceiptSheet } from "../features/receipt/receipt-sheet.tsx";
import { SettingsSheet } from "../features/settings/settings-sheet.tsx";
import { ShortcutsSheet } from "../features/shortcuts/shortcuts-sheet.tsx";
import { SyncSheet } from "../features/sync/sync-sheet.tsx";
import { TicketsSheet } from "../features/tickets/tickets-sheet.tsx";
import { type Command, useCommands } from "./keys.ts";
import { useScans } from "./scan-router.ts";
import { ask, useTill } from "./till.ts";
import { playTone } from "./tones.ts";
import { TopBar } from "./top-bar.tsx";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;
export type Side = "none" | "tickets" | "sync" | "settings" | "shortcuts";

/** The register: everything to ring up on one side, the basket on the other, payment over both. */
export function RegisterScreen({ session }: { readonly session: Open }) {
  const basket = useTill((till) => till.basket);
  const [paying, setPaying] = useState(false);
  const [done, setDone] = useState<DoneSale | null>(null);
  const [shown, setShown] = useState<Receipt | null>(null);
  const [side, setSide] = useState<Side>("none");
  const searchField = useRef<HTMLInputElement>(null);
  const sheets = useBasketSheets();
  const filled = basket !== null && basket.lines.length > 0;

  async function ring(item: Item): Promise<void> {
    const answer = await ask("addItem", { variant: item.variant });
    if (answer?.ok === true) playTone("ok");
  }
  async function scan(code: string): Promise<void> {
    closeChoice();
    const answer = await ask("scan", { code }, { code });
    if (answer?.ok === true) playTone("ok");
  }
  async function complete(id: BasketId): Promise<void> {
    const answer = await ask("completeSale", { basket: id });
    if (answer?.ok !== true) return;
    setDone(answer.value);
    setPaying(false);
  }
  async function exactCash(): Promise<void> {
    if (basket === null || !filled) return;
    const taken = await ask("takeCash", { tendered: basket.remainingInCash });
    if (taken?.ok === true) await complete(taken.value.id);
  }
  async function openReceipt(ticket: TicketId): Promise<void> {
    const answer = await ask("receipt", { ticket });
    if (answer?.ok !== true) return;
    setSide("none");
    setShown(answer.value);
  }
  function run(command: Command): void {
    switch (command) {
      case "search":
        searchField.current?.focus();
        return;
      case "park":
        if (filled) sheets.openPark();
        return;
      case "recall":
        sheets.openRecall();
        return;
      case "quantity": {
        const last = basket?.lines.at(-1);
        if (last !== undefined) sheets.openLine(last.id);
        return;
      }
      case "discount":
        if (filled) sheets.openBasketDiscount();
        return;
      case "pay":
        if (filled) setPaying(true);
        return;
      case "exactCash":
        void exactCash();
        return;
      case "help":
        setSide("shortcuts");
        return;
    }
  }
  useScans((code) => void scan(code));
  useCommands(run);

  const close = () => setSide("none");
  const atPayment = filled && (paying || basket.tenders.length > 0);
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <TopBar session={session} onSide={setSide} canPark={filled} />
      {atPayment ? (
        <PaymentScreen
          basket={basket}
          onBack={() => void leavePayment(basket.tenders, () => setPaying(false))}
          onComplete={() => void complete(basket.id)}
        />
      ) : (
        <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_30rem]">
          <CatalogPanel onRing={(item) => void ring(item)} searchField={searchField} />
          <BasketPanel
            basket={basket}
            onPay={() => setPaying(true)}
            onExactCash={() => void exactCash()}
            whenEmpty={
              done === null ? (
                <EmptyBasket />
              ) : (
                <DonePanel sale={done} onShow={() => setShown(done.receipt)} />
              )
            }
          />
        </main>
      )}
      <BasketSheets basket={basket} />
      {side === "tickets" ? (
        <TicketsSheet onOpen={(ticket) => void openReceipt(ticket)} onClose={close} />
      ) : null}
      {side === "sync" ? <SyncSheet onClose={close} /> : null}
      {side === "settings" ? <SettingsSheet onClose={close} /> : null}
      {side === "shortcuts" ? <ShortcutsSheet onClose={close} /> : null}
      {shown === null ? null : <ReceiptSheet receipt={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

/** Going back from a payment takes its tenders back first: a basket is not edited under them. */
async function leavePayment(
  tenders: NonNullable<ViewValue<"basket">>["tenders"],
  leave: () => void,
): Promise<void> {
  for (const tender of tenders) await ask("removeTender", { tender: tender.id });
  leave();
}
