import { useRef } from "react";
import { type Told, tellApart } from "#domain/scan/tell-apart.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import type { ShiftView } from "#protocol/till/shift.ts";
import { BasketPanel } from "../features/basket/basket-panel.tsx";
import { CasesScreen } from "../features/cases/cases-screen.tsx";
import { scanForCase, stepBackCases, typeAheadCases, useCases } from "../features/cases/cases-store.ts";
import { CatalogPanel } from "../features/catalog/catalog-panel.tsx";
import { clearSearch, type Entered, typeAhead, useCatalog } from "../features/catalog/catalog-store.ts";
import { openCustomer } from "../features/customer/customer-store.ts";
import { PrinterStrip } from "../features/devices/printer-strip.tsx";
import { fetchBasket } from "../features/ordering/shared-basket.ts";
import { OrdersScreen } from "../features/orders/orders-screen.tsx";
import { scanForOrder, stepBack, typeAheadOrders, useOrders } from "../features/orders/orders-store.ts";
import { PaymentPanel } from "../features/payment/payment-panel.tsx";
import { DonePanel } from "../features/receipt/done-panel.tsx";
import { openReturn, scanAtReturn } from "../features/returns/return-acts.ts";
import { ReturnPanel } from "../features/returns/return-panel.tsx";
import { startReturn } from "../features/returns/start-return.ts";
import { goToCash } from "../features/shift/acts.ts";
import { OpenShiftScreen } from "../features/shift/open-shift-screen.tsx";
import { ShiftBanner } from "../features/shift/shift-banner.tsx";
import { LetInStrip, RecordsStrip } from "../features/sync/records-strip.tsx";
import { SyncChip } from "../features/sync/sync-chip.tsx";
import { t } from "../i18n/translate.ts";
import { CameraPanel } from "./camera/camera-panel.tsx";
import { cardAtOnce, useCardCompletes, useHasTerminal } from "./card.ts";
import { redeemCoupon } from "./coupons.ts";
import { useScans, useTyped } from "./keyboard.ts";
import { type Command, HELP_CHARACTER, useCommands } from "./keys.ts";
import { closeOverlay, openOverlay, useOverlay } from "./overlay.ts";
import { Overlays } from "./overlays.tsx";
import { goTo, usePlace } from "./place.ts";
import {
  completeSale,
  exactCash,
  goToPayment,
  isAtPayment,
  isChangeable,
  isPaid,
  leavePayment,
  ring,
  scan,
  startNewSale,
  useAtPayment,
  useRegister,
} from "./register.ts";
import { isFilled, leaveReturn, shownReturn, useShownReturn } from "./returning.ts";
import { switchBy } from "./switching.ts";
import { tell, useTill } from "./till.ts";
import { TopBar } from "./top-bar.tsx";
import { useIdleLock } from "./use-idle-lock.ts";
import { useOwnScreen } from "./whose-screen.ts";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;

/** The till at work: the register or the orders, under one bar. */
export function RegisterScreen({ session }: { readonly session: Open }) {
  const basket = useTill((till) => till.basket);
  const screen = usePlace((place) => place.screen);
  const searchField = useRef<HTMLInputElement>(null);
  const focusSearch = (anew = false): void => {
    searchField.current?.focus();
    if (anew) searchField.current?.select();
  };
  const stage = useShiftStage();
  useOwnScreen(session.staff.id);
  useIdleLock(session.lockAfterMinutes ?? null);
  if (stage === "unknown") return <div className="h-full bg-deep" />;
  if (stage !== "sell")
    return (
      <>
        <OpenShiftScreen
          session={session}
          shift={stage.toOpen}
          sync={<SyncChip onOpen={() => openOverlay({ kind: "sync" })} />}
        />
        <Overlays basket={basket} onRing={ring} />
      </>
    );
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)] tight:block tight:overflow-y-auto">
      <div>
        <TopBar session={session} searchField={searchField} onEntered={takeEntered} />
        <PrinterStrip onOpen={() => openOverlay({ kind: "printing" })} />
        <RecordsStrip />
        <LetInStrip />
        <ShiftBanner />
      </div>
      {screen === "orders" ? <AtOrders focusSearch={focusSearch} /> : null}
      {screen === "cases" ? <AtCases focusSearch={focusSearch} /> : null}
      {screen === "register" ? <AtRegister focusSearch={focusSearch} /> : null}
      <CameraPanel />
      <Overlays basket={basket} onRing={ring} />
    </div>
  );
}

/** Whether the store sells now, or a shift is to be opened first. It is told right after who signed in. */
function useShiftStage(): "unknown" | "sell" | { readonly toOpen: ShiftView } {
  const shift = useTill((till) => till.shift);
  if (shift === null) return "unknown";
  return shift.required && shift.mine === null ? { toOpen: shift } : "sell";
}

interface PlaceProps {
  /** `anew`: what is typed next replaces what stands there. */
  readonly focusSearch: (anew?: boolean) => void;
}

/** Picking and handing out. What stands in the basket waits. */
function AtOrders({ focusSearch }: PlaceProps) {
  useScans("screen", (code) => {
    const { text, meaning } = tellApart(code);
    if (meaning.kind === "badge") void switchBy(text);
    else if (meaning.kind === "basket") void bringBasket(text);
    else if (meaning.kind === "case") bringCase(text);
    else if (meaning.kind === "receipt") void bringReturn(text);
    else void scanForOrder(text);
  });
  useTyped("screen", (text) => {
    const free = useOverlay.getState().overlay.kind === "none" && useOrders.getState().opened === null;
    if (text === HELP_CHARACTER) openOverlay({ kind: "shortcuts" });
    else if (free) {
      focusSearch();
      typeAheadOrders(text);
    }
  });
  useCommands((command) => {
    if (command === "help") openOverlay({ kind: "shortcuts" });
    if (command === "search") focusSearch(true);
    if (command === "cases") goTo("cases");
    if (command === "return") returnAtRegister();
    if (command === "cash") goToCash({ at: "menu" });
    if (command === "orders" || (command === "back" && !stepBack())) goTo("register");
  });
  return <OrdersScreen />;
}

/** Complaints, warranty and repair. What stands in the basket waits. */
function AtCases({ focusSearch }: PlaceProps) {
  useScans("screen", (code) => {
    const told = tellApart(code);
    const { text, meaning } = told;
    if (meaning.kind === "badge") void switchBy(text);
    else if (meaning.kind === "pickup" || meaning.kind === "basket") void takenAtRegister(code, told);
    else void scanForCase(text);
  });
  useTyped("screen", (text) => {
    const free = useOverlay.getState().overlay.kind === "none" && useCases.getState().opened === null;
    if (text === HELP_CHARACTER) openOverlay({ kind: "shortcuts" });
    else if (free) {
      focusSearch();
      typeAheadCases(text);
    }
  });
  useCommands((command) => {
    if (command === "help") openOverlay({ kind: "shortcuts" });
    if (command === "search") focusSearch(true);
    if (command === "orders") goTo("orders");
    if (command === "return") returnAtRegister();
    if (command === "cash") goToCash({ at: "menu" });
    if (command === "cases" || (command === "back" && !stepBackCases())) goTo("register");
  });
  return <CasesScreen />;
}

/** The register: everything to ring up on one side, the basket on the other; taking the money replaces the shelves, never the basket. */
function AtRegister({ focusSearch }: PlaceProps) {
  const basket = useTill((till) => till.basket);
  const { done } = useRegister();
  const atPayment = useAtPayment();
  const returning = useShownReturn();
  const hasTerminal = useHasTerminal();
  useCardCompletes(basket);

  useScans("screen", (code) => void takeCode(code));
  useTyped("screen", (text) => {
    const free = useOverlay.getState().overlay.kind === "none" && !atPayment;
    if (text === HELP_CHARACTER) openOverlay({ kind: "shortcuts" });
    else if (free) {
      leaveReturn();
      focusSearch();
      typeAhead(text);
    }
  });
  useCommands((command) => run(command, { atPayment, focusSearch }));

  return (
    <main className="tight:block grid min-h-0 grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_32rem]">
      {atPayment && basket !== null ? (
        <PaymentPanel
          basket={basket}
          paid={isPaid(basket)}
          onBack={() => void leavePayment()}
          onComplete={() => void completeSale()}
        />
      ) : basket !== null && returning !== null ? (
        <ReturnPanel basket={basket} returning={returning} />
      ) : (
        <CatalogPanel onRing={(item) => void ring(item)} />
      )}
      <BasketPanel
        basket={basket}
        atPayment={atPayment}
        onPay={goToPayment}
        onExactCash={() => void exactCash()}
        onCard={hasTerminal ? () => void cardAtOnce() : null}
        whenEmpty={done === null ? null : <DonePanel sale={done} onNewSale={startNewSale} />}
      />
    </main>
  );
}

/** What was entered in the search. Payment may have been opened while it was being found. */
async function takeEntered(entered: Entered): Promise<boolean> {
  if ("code" in entered) return takeCode(entered.code);
  if (isAtPayment()) return refusedAtPayment();
  const { item } = entered;
  if (shownReturn() !== null) await scanAtReturn(item.sku);
  else void ring(item);
  return true;
}

/** A code at the register, scanned or typed into its search. Answers whether it was taken for something. */
async function takeCode(code: string): Promise<boolean> {
  const told = tellApart(code);
  // Nobody is to read it on the screen, whatever comes of it.
  if (told.meaning.kind === "badge") return switchBy(told.text).then(() => true);
  return isAtPayment() ? refusedAtPayment() : takenAtRegister(code, told);
}

function refusedAtPayment(): false {
  tell("refusal", t("payment.noScan"));
  return false;
}

/** What a code means at the register: a customer's pickup code, a basket begun online, the slip of a case, a receipt, a gift card, or an article. */
async function takenAtRegister(code: string, { text, meaning }: Told): Promise<boolean> {
  switch (meaning.kind) {
    case "pickup":
      goTo("orders");
      void scanForOrder(text);
      return true;
    case "basket":
      return bringBasket(text);
    case "case":
      bringCase(text);
      return true;
    case "coupon":
      void redeemCoupon(text);
      return true;
    case "receipt":
      return openReturn({ code: text });
    case "value":
      // Money is not asked for here: a gift card is sold, loaded, or looked at. A store credit is no article, and says so.
      if (meaning.of !== "giftCard") return ringUp(text);
      openOverlay({ kind: "giftCard", code: text });
      return true;
    case "badge":
    case "article":
    case "gs1":
    case "damaged":
    case "customer":
    case "other":
      return ringUp(code);
  }
}

/** Into the basket, or back out of a purchase that stands open beside it. */
async function ringUp(code: string): Promise<boolean> {
  if (shownReturn() === null) return scan(code);
  closeOverlay();
  await scanAtReturn(code);
  return true;
}

function returnAtRegister(): void {
  goTo("register");
  startReturn();
}

async function bringReturn(code: string): Promise<void> {
  if (await openReturn({ code })) goTo("register");
}

function bringCase(number: string): void {
  goTo("cases");
  void scanForCase(number);
}

async function bringBasket(code: string): Promise<boolean> {
  const isFetched = await fetchBasket(code);
  if (isFetched) goTo("register");
  return isFetched;
}

interface Place extends PlaceProps {
  readonly atPayment: boolean;
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
    case "orders":
    case "cases":
      goTo(command);
      break;
    case "return":
      if (!atPayment) startReturn();
      break;
    case "cash":
      goToCash({ at: "menu" });
      break;
    default:
      if (!atPayment) change(command, focusSearch);
  }
}

/** The keys that find articles and change the basket. */
function change(
  command: "search" | "customer" | "recall" | "park" | "discount" | "quantity" | "basketMenu",
  focusSearch: PlaceProps["focusSearch"],
): void {
  const { basket } = useTill.getState();
  const last = basket?.lines.at(-1);
  if (command === "search") focusSearch(true);
  if (command === "customer") void openCustomer();
  if (command === "recall") openOverlay({ kind: "recall" });
  if (command === "basketMenu") openOverlay({ kind: "basketMenu" });
  if (command === "park" && basket !== null && isFilled(basket)) openOverlay({ kind: "park" });
  if (last === undefined) return;
  if (command === "discount") openOverlay({ kind: "basketDiscount" });
  const changeable = basket?.lines.findLast(isChangeable);
  if (command === "quantity" && changeable !== undefined) openOverlay({ kind: "line", line: changeable.id });
}

function goBack(atPayment: boolean): void {
  if (atPayment) void leavePayment();
  else if (shownReturn() !== null) leaveReturn();
  else if (useCatalog.getState().text !== "") clearSearch();
  else startNewSale();
}
