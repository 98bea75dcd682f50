import { Keyboard, LockKeyhole, ReceiptText, Settings, ShoppingBasket } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import { CaseSearchField } from "../features/cases/case-search-field.tsx";
import { CasesButton } from "../features/cases/cases-button.tsx";
import { ArticleSearchField } from "../features/catalog/article-search-field.tsx";
import type { Entered } from "../features/catalog/catalog-store.ts";
import { GoodsButton } from "../features/deliveries/goods-button.tsx";
import { OrderSearchField } from "../features/orders/order-search-field.tsx";
import { OrdersButton } from "../features/orders/orders-button.tsx";
import { ReturnButton } from "../features/returns/return-button.tsx";
import { CashButton } from "../features/shift/cash-button.tsx";
import { SyncChip } from "../features/sync/sync-chip.tsx";
import { TasksButton } from "../features/tasks/tasks-button.tsx";
import { t } from "../i18n/translate.ts";
import { Mark } from "../ui/mark.tsx";
import { CameraButton } from "./camera/camera-button.tsx";
import { openOverlay } from "./overlay.ts";
import { goTo, usePlace } from "./place.ts";
import { useAtPayment } from "./register.ts";
import { ask } from "./till.ts";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;

/** Where we are, the search, how we stand with the server, and the ways to everything else. */
export function TopBar({
  session,
  searchField,
  onEntered,
}: {
  readonly session: Open;
  readonly searchField: RefObject<HTMLInputElement | null>;
  /** What was entered in the register's search; answers whether it was taken for something. */
  readonly onEntered: (entered: Entered) => Promise<boolean>;
}) {
  const screen = usePlace((place) => place.screen);
  // While money is being taken there is nothing to search.
  const atPayment = useAtPayment();
  return (
    // Where both halves do not fit beside each other, with long words or much to do, the ways out get a row of their own.
    <header className="on-deep flex flex-wrap items-center gap-1 bg-deep px-3 py-2 text-on-deep xl:gap-2 xl:px-4 2xl:gap-3">
      <div
        className={`tight:contents flex min-w-0 items-center gap-1 xl:gap-3 ${atPayment && screen === "register" ? "flex-1" : "flex-[1_0_17rem] xl:flex-[1_0_20rem]"}`}
      >
        <div className="hidden xl:block">
          <Mark size={40} />
        </div>
        <div className="me-1 min-w-0 max-w-32 leading-tight xl:max-w-64">
          <p className="font-bold">
            <bdi className="block truncate">{session.storeName}</bdi>
          </p>
          <p className="truncate text-on-deep-soft text-sm">
            {t("app.register", { register: session.register })}
          </p>
        </div>
        {screen === "orders" ? (
          <OrderSearchField field={searchField} />
        ) : screen === "cases" ? (
          <CaseSearchField field={searchField} />
        ) : atPayment ? (
          <div className="flex-1" />
        ) : (
          <ArticleSearchField field={searchField} onEntered={onEntered} />
        )}
        <CameraButton />
      </div>
      <div className="tight:contents ms-auto flex min-w-0 items-center gap-1 2xl:gap-3">
        <SyncChip onOpen={() => openOverlay({ kind: "sync" })} />
        {screen !== "register" ? (
          <BarButton
            label={t("bar.register")}
            icon={<ShoppingBasket aria-hidden size={22} />}
            onClick={() => goTo("register")}
          />
        ) : null}
        {screen !== "register" || atPayment ? null : <ReturnButton />}
        <OrdersButton />
        <CasesButton />
        <GoodsButton />
        <TasksButton />
        <CashButton />
        <BarButton
          label={t("bar.tickets")}
          icon={<ReceiptText aria-hidden size={22} />}
          onClick={() => openOverlay({ kind: "tickets" })}
        />
        <BarButton
          label={t("bar.shortcuts")}
          icon={<Keyboard aria-hidden size={22} />}
          onClick={() => openOverlay({ kind: "shortcuts" })}
          className="hidden xl:inline-flex"
        />
        <BarButton
          label={t("bar.settings")}
          icon={<Settings aria-hidden size={22} />}
          onClick={() => openOverlay({ kind: "settings" })}
        />
        <button
          type="button"
          onClick={() => void ask("signOut", {})}
          aria-label={t("bar.lockAs", { name: session.staff.name })}
          className="press inline-flex min-h-12 max-w-48 items-center gap-2 rounded-2xl bg-deep-raised px-3 font-semibold hover:bg-deep-line"
        >
          <LockKeyhole aria-hidden size={20} className="shrink-0" />
          <bdi className="truncate">{session.staff.name.split(" ")[0]}</bdi>
        </button>
      </div>
    </header>
  );
}

function BarButton({
  label,
  icon,
  onClick,
  className = "inline-flex",
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly className?: string;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={`press min-h-12 min-w-14 flex-col items-center justify-center gap-0.5 rounded-xl px-1 font-semibold text-on-deep text-xs hover:bg-deep-raised ${className}`}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}
