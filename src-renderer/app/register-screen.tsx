import { useRef } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import { BasketPanel } from "../features/basket/basket-panel.tsx";
import { CatalogPanel } from "../features/catalog/catalog-panel.tsx";
import { clearSearch, typeAhead, useCatalog } from "../features/catalog/catalog-store.ts";
import { PaymentPanel } from "../features/payment/payment-panel.tsx";
import { DonePanel } from "../features/receipt/done-panel.tsx";
import { t } from "../i18n/translate.ts";
import { useScans, useTyped } from "./keyboard.ts";
import { type Command, HELP_CHARACTER, useCommands } from "./keys.ts";
import { openOverlay, useOverlay } from "./overlay.ts";
import { Overlays } from "./overlays.tsx";
import {
  completeSale,
  exactCash,
  goToPayment,
  isPaid,
  leavePayment,
  ring,
  scan,
  startNewSale,
  useRegister,
} from "./register.ts";
import { tell, useTill } from "./till.ts";
import { TopBar } from "./top-bar.tsx";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;

/** The register: everything to ring up on one side, the basket on the other; taking the money replaces the shelves, never the basket. */
export function RegisterScreen({ session }: { readonly session: Open }) {
  const basket = useTill((till) => till.basket);
  const { paying, done } = useRegister();
  const searchField = useRef<HTMLInputElement>(null);
  const filled = basket !== null && basket.lines.length > 0;
  const atPayment = filled && (paying || basket.tenders.length > 0);

  function typed(text: string): void {
    const free = useOverlay.getState().overlay.kind === "none" && !atPayment;
    if (text === HELP_CHARACTER) openOverlay({ kind: "shortcuts" });
    else if (free) {
      searchField.current?.focus();
      typeAhead(text);
    }
  }
  useScans("screen", (code) => {
    if (atPayment) tell("refusal", t("payment.noScan"));
    else void scan(code);
  });
  useTyped("screen", typed);
  useCommands((command) => run(command, { atPayment, focusSearch: () => searchField.current?.focus() }));

  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)]">
      <TopBar session={session} searchField={atPayment ? null : searchField} />
      <main className="grid min-h-0 grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_32rem]">
        {atPayment ? (
          <PaymentPanel
            basket={basket}
            paid={isPaid(basket)}
            onBack={() => void leavePayment()}
            onComplete={() => void completeSale(basket.id)}
          />
        ) : (
          <CatalogPanel onRing={(item) => void ring(item)} />
        )}
        <BasketPanel
          basket={basket}
          atPayment={atPayment}
          onPay={goToPayment}
          onExactCash={() => void exactCash()}
          whenEmpty={done === null ? null : <DonePanel sale={done} onNewSale={startNewSale} />}
        />
      </main>
      <Overlays basket={basket} onRing={(item) => void ring(item)} />
    </div>
  );
}

interface Place {
  readonly atPayment: boolean;
  readonly focusSearch: () => void;
}

/** What the keys do here. While money is being taken, the basket is not changed. */
function run(command: Command, { atPayment, focusSearch }: Place): void {
  switch (command) {
    case "help":
      openOverlay({ kind: "shortcuts" });
      break;
    case "back":
      goBack(atPayment);
      break;
    case "pay":
      goToPayment();
      break;
    case "exactCash":
      if (useOverlay.getState().overlay.kind === "none") void exactCash();
      break;
    default:
      if (!atPayment) change(command, focusSearch);
  }
}

/** The keys that find articles and change the basket. */
function change(
  command: "search" | "recall" | "park" | "discount" | "quantity",
  focusSearch: () => void,
): void {
  const last = useTill.getState().basket?.lines.at(-1);
  if (command === "search") focusSearch();
  if (command === "recall") openOverlay({ kind: "recall" });
  if (last === undefined) return;
  if (command === "park") openOverlay({ kind: "park" });
  if (command === "discount") openOverlay({ kind: "basketDiscount" });
  if (command === "quantity") openOverlay({ kind: "line", line: last.id });
}

function goBack(atPayment: boolean): void {
  if (atPayment) void leavePayment();
  else if (useCatalog.getState().text !== "") clearSearch();
  else startNewSale();
}
