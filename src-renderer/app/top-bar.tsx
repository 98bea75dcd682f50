import { Archive, Inbox, Keyboard, Lock, ReceiptText, Settings } from "lucide-react";
import type { ReactNode } from "react";
import type { ViewValue } from "#protocol/till/contract.ts";
import { useBasketSheets } from "../features/basket/basket-sheets.ts";
import { SyncChip } from "../features/sync/sync-chip.tsx";
import { t } from "../i18n/translate.ts";
import type { Side } from "./register-screen.tsx";
import { ask, useTill } from "./till.ts";

type Open = Extract<ViewValue<"session">, { readonly state: "open" }>;

/** Where we are, how we stand with the server, and the ways to everything else. */
export function TopBar({
  session,
  onSide,
  canPark,
}: {
  readonly session: Open;
  readonly onSide: (side: Side) => void;
  readonly canPark: boolean;
}) {
  const parked = useTill((till) => till.parked.length);
  const { openPark, openRecall } = useBasketSheets();
  return (
    <header className="flex items-center gap-2 border-line border-b bg-surface px-4 py-2">
      <div className="mr-2 min-w-0 leading-tight">
        <p className="truncate font-bold">{session.storeName}</p>
        <p className="truncate text-ink-soft text-sm">{t("app.register", { register: session.register })}</p>
      </div>
      <SyncChip onOpen={() => onSide("sync")} />
      <span className="flex-1" />
      <BarButton
        label={t("bar.park")}
        icon={<Archive aria-hidden size={22} />}
        disabled={!canPark}
        onClick={openPark}
      />
      <BarButton
        label={t("bar.recall")}
        icon={<Inbox aria-hidden size={22} />}
        badge={parked}
        onClick={openRecall}
      />
      <BarButton
        label={t("bar.tickets")}
        icon={<ReceiptText aria-hidden size={22} />}
        onClick={() => onSide("tickets")}
      />
      <BarButton
        label={t("bar.shortcuts")}
        icon={<Keyboard aria-hidden size={22} />}
        onClick={() => onSide("shortcuts")}
      />
      <BarButton
        label={t("bar.settings")}
        icon={<Settings aria-hidden size={22} />}
        onClick={() => onSide("settings")}
      />
      <button
        type="button"
        onClick={() => void ask("signOut", {})}
        className="press ml-1 inline-flex min-h-12 max-w-44 items-center gap-2 rounded-full bg-sunken py-1 pr-4 pl-3 font-semibold hover:bg-line"
      >
        <Lock aria-hidden size={18} />
        <span className="sr-only">{t("bar.lock")}</span>
        <span className="truncate">{session.staff.name}</span>
      </button>
    </header>
  );
}

function BarButton({
  label,
  icon,
  badge = 0,
  ...rest
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly badge?: number;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      className="press relative inline-flex min-h-12 min-w-12 flex-col items-center justify-center gap-0.5 rounded-xl px-2 font-semibold text-xs hover:bg-sunken disabled:opacity-40"
      {...rest}
    >
      {icon}
      <span>{label}</span>
      {badge > 0 ? (
        <span className="figures absolute -top-0.5 right-0 grid min-w-5 place-items-center rounded-full bg-accent px-1.5 font-bold text-on-accent text-xs">
          {badge}
        </span>
      ) : null}
    </button>
  );
}
