import type { TicketId } from "#domain/ids.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { Item } from "#protocol/till/catalog.ts";
import { CouponSheet } from "../features/basket/coupon-sheet.tsx";
import { DiscountSheet } from "../features/basket/discount-sheet.tsx";
import { GiftCardLineSheet } from "../features/basket/gift-card-line-sheet.tsx";
import { LineSheet } from "../features/basket/line-sheet.tsx";
import { ParkSheet, RecallSheet } from "../features/basket/park-sheets.tsx";
import { PriceSheet } from "../features/basket/price-sheet.tsx";
import { SellerSheet } from "../features/basket/seller-sheet.tsx";
import { CasesOfCustomer } from "../features/cases/cases-of-customer.tsx";
import { NewCaseSheet } from "../features/cases/new-case-sheet.tsx";
import { CategoriesSheet } from "../features/catalog/categories.tsx";
import { OpenPriceSheet, WeighSheet } from "../features/catalog/stated-sheets.tsx";
import { VariantSheet } from "../features/catalog/variant-sheet.tsx";
import { AdjustSheet } from "../features/counting/adjust-sheet.tsx";
import { CountsSheet } from "../features/counting/counts-sheet.tsx";
import { CustomerSheet } from "../features/customer/customer-sheet.tsx";
import { FindCustomerSheet } from "../features/customer/find-sheet.tsx";
import { CustomerFormSheet } from "../features/customer/form-sheet.tsx";
import { GoodsSheet } from "../features/deliveries/goods-sheet.tsx";
import { DevicesSheet } from "../features/devices/devices-sheet.tsx";
import { PrintingSheet } from "../features/devices/printing-sheet.tsx";
import { GiftCardSheet } from "../features/gift-card/gift-card-sheet.tsx";
import { ClockSheet } from "../features/lock/clock-sheet.tsx";
import { PointsOfCustomer } from "../features/loyalty/points-of-customer.tsx";
import { BasketMenu } from "../features/ordering/basket-menu.tsx";
import { ElsewhereSheet } from "../features/ordering/elsewhere-sheet.tsx";
import { FetchSheet } from "../features/ordering/fetch-sheet.tsx";
import { OrderingSheet } from "../features/ordering/ordering-sheet.tsx";
import { SendSheet } from "../features/ordering/send-sheet.tsx";
import { InvoiceSheet } from "../features/receipt/invoice-sheet.tsx";
import { IssuedSheet } from "../features/receipt/issued-sheet.tsx";
import { MailSheet } from "../features/receipt/mail-sheet.tsx";
import { Paper } from "../features/receipt/paper.tsx";
import { ReceiptSheet } from "../features/receipt/receipt-sheet.tsx";
import { FindSheet } from "../features/returns/find-sheet.tsx";
import { IdentitySheet } from "../features/returns/identity-sheet.tsx";
import { ObstaclesSheet } from "../features/returns/obstacles-sheet.tsx";
import { ReturnOverrideSheet } from "../features/returns/return-override-sheet.tsx";
import { SettingsSheet } from "../features/settings/settings-sheet.tsx";
import { CashSheets } from "../features/shift/cash-sheets.tsx";
import { KeysSheet } from "../features/shortcuts/keys-sheet.tsx";
import { ShortcutsSheet } from "../features/shortcuts/shortcuts-sheet.tsx";
import { SyncSheet } from "../features/sync/sync-sheet.tsx";
import { TasksSheet } from "../features/tasks/tasks-sheet.tsx";
import { TicketsSheet } from "../features/tickets/tickets-sheet.tsx";
import { TrainingSection } from "../features/training/training-section.tsx";
import { UpdateNote, UpdateSection } from "../features/updates/update-section.tsx";
import { closeOverlay, openOverlay, useOverlay } from "./overlay.ts";
import { isChangeable, type Stated } from "./register.ts";
import { isFilled } from "./returning.ts";
import { ask, useTill } from "./till.ts";

async function openReceipt(ticket: TicketId): Promise<void> {
  const answer = await ask("receipt", { ticket });
  if (answer?.ok === true) openOverlay({ kind: "receipt", receipt: answer.value });
}

/** The sheet that lies over the register now, if any. One about a line that is gone is not shown. */
export function Overlays({
  basket,
  onRing,
}: {
  readonly basket: BasketView | null;
  readonly onRing: (item: Item, stated?: Stated) => Promise<boolean>;
}) {
  const overlay = useOverlay((state) => state.overlay);
  const filled = basket !== null && basket.lines.length > 0;
  const returning = basket?.returning ?? null;
  const line = "line" in overlay ? basket?.lines.find((each) => each.id === overlay.line) : undefined;
  switch (overlay.kind) {
    case "none":
      return null;
    case "line":
      if (line === undefined || !isChangeable(line)) return null;
      return line.isGiftCard === true ? (
        <GiftCardLineSheet line={line} onClose={closeOverlay} />
      ) : (
        <LineSheet line={line} onClose={closeOverlay} />
      );
    case "lineDiscount":
      return line === undefined ? null : (
        <DiscountSheet
          line={line}
          current={line.discount}
          currency={line.total.currency}
          onClose={closeOverlay}
        />
      );
    case "linePrice":
      return line === undefined ? null : <PriceSheet line={line} onClose={closeOverlay} />;
    case "seller":
      if (line === undefined && (overlay.line !== null || !filled)) return null;
      return <SellerSheet line={line ?? null} soldBy={line?.soldBy ?? null} onClose={closeOverlay} />;
    case "basketDiscount":
      return filled ? (
        <DiscountSheet
          line={null}
          current={basket.discount}
          currency={basket.due.currency}
          onClose={closeOverlay}
        />
      ) : null;
    case "park":
      return basket !== null && isFilled(basket) ? <ParkSheet onClose={closeOverlay} /> : null;
    case "recall":
      return <RecallSheet onClose={closeOverlay} />;
    case "variants":
      return (
        <VariantSheet
          name={overlay.name}
          items={overlay.items}
          onRing={(item) => void onRing(item)}
          onClose={closeOverlay}
        />
      );
    case "weigh":
      return <WeighSheet item={overlay.item} onRing={onRing} onClose={closeOverlay} />;
    case "openPrice":
      return basket === null ? null : (
        <OpenPriceSheet
          item={overlay.item}
          currency={basket.due.currency}
          onRing={onRing}
          onClose={closeOverlay}
        />
      );
    case "elsewhere":
      return <ElsewhereSheet variant={overlay.variant} name={overlay.name} onClose={closeOverlay} />;
    case "basketMenu":
      return <BasketMenu basket={basket} onClose={closeOverlay} />;
    case "coupon":
      return <CouponSheet onClose={closeOverlay} />;
    case "ordering":
      return filled ? <OrderingSheet basket={basket} onClose={closeOverlay} /> : null;
    case "sendBasket":
      return filled ? <SendSheet onClose={closeOverlay} /> : null;
    case "fetchBasket":
      return <FetchSheet onClose={closeOverlay} />;
    case "giftCard":
      return <GiftCardSheet code={overlay.code} onClose={closeOverlay} />;
    case "newCase":
      return <NewCaseSheet start={overlay.start} onClose={closeOverlay} />;
    case "findReturn":
      return <FindSheet onClose={closeOverlay} />;
    case "returnObstacles":
      return returning === null ? null : <ObstaclesSheet returning={returning} onClose={closeOverlay} />;
    case "returnOverride":
      return basket === null ? null : <ReturnOverrideSheet basket={basket} onClose={closeOverlay} />;
    case "returnIdentity":
      return <IdentitySheet onClose={closeOverlay} />;
    case "categories":
      return <CategoriesSheet onClose={closeOverlay} />;
    case "findCustomer":
      return <FindCustomerSheet onClose={closeOverlay} />;
    case "customer":
      return (
        <CustomerSheet
          customer={overlay.customer}
          onOpenReceipt={(ticket) => void openReceipt(ticket)}
          pointsOf={({ id }) => <PointsOfCustomer key={id} customer={id} />}
          casesOf={(customer) => <CasesOfCustomer key={customer.id} customer={customer} />}
          onClose={closeOverlay}
        />
      );
    case "customerForm":
      return (
        <CustomerFormSheet
          key={overlay.known?.id ?? "new"}
          known={overlay.known}
          searched={overlay.searched}
          onClose={closeOverlay}
        />
      );
    case "goods":
      return <GoodsSheet onClose={closeOverlay} />;
    case "tasks":
      return <TasksSheet onClose={closeOverlay} />;
    case "count":
      return <CountsSheet count={overlay.count} onClose={closeOverlay} />;
    case "adjust":
      return <AdjustSheet onClose={closeOverlay} />;
    case "tickets":
      return <TicketsSheet onOpen={(ticket) => void openReceipt(ticket)} onClose={closeOverlay} />;
    case "receipt":
      return <ReceiptSheet receipt={overlay.receipt} onClose={closeOverlay} />;
    case "mailReceipt":
      return (
        <MailSheet
          ticket={overlay.receipt.ticket}
          number={overlay.receipt.number}
          document={overlay.document}
          onClose={closeOverlay}
        />
      );
    case "invoice":
      return (
        <InvoiceSheet
          receipt={overlay.receipt}
          onIssued={(issued) => openOverlay({ kind: "issued", issued })}
          onClose={closeOverlay}
        />
      );
    case "issued": {
      const { paper, invoice } = overlay.issued;
      const document = { kind: "invoice", invoice } as const;
      return (
        <IssuedSheet
          issued={overlay.issued}
          onMail={() => openOverlay({ kind: "mailReceipt", receipt: paper, document })}
          onClose={closeOverlay}
        />
      );
    }
    case "cash":
      return (
        <CashSheets
          page={overlay.page}
          paperOf={(paper) => <Paper receipt={paper} />}
          onClose={closeOverlay}
        />
      );
    case "clock":
      return <ClockOverlay />;
    case "sync":
      return (
        <SyncSheet onClose={closeOverlay}>
          <UpdateNote />
        </SyncSheet>
      );
    case "settings":
      return (
        <SettingsSheet onClose={closeOverlay}>
          <TrainingSection />
          <UpdateSection />
        </SettingsSheet>
      );
    case "devices":
      return <DevicesSheet onClose={closeOverlay} />;
    case "printing":
      return <PrintingSheet onClose={closeOverlay} />;
    case "shortcuts":
      return <ShortcutsSheet onClose={closeOverlay} />;
    case "keys":
      return <KeysSheet onClose={closeOverlay} />;
  }
}

function ClockOverlay() {
  const session = useTill((till) => till.session);
  const colleagues = session?.state === "open" ? (session.colleagues ?? []) : [];
  return <ClockSheet staff={colleagues} onClose={closeOverlay} />;
}
