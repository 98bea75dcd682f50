import {
  BadgePercent,
  ChartColumn,
  CircleDollarSign,
  CircleUserRound,
  LayoutDashboard,
  ListChecks,
  LogOut,
  type LucideIcon,
  MonitorSmartphone,
  Package,
  Plug,
  ReceiptText,
  Route,
  Search,
  ShieldCheck,
  ShoppingBag,
  Store,
  Tags,
  TicketCheck,
  TriangleAlert,
  Undo2,
  Users,
  UsersRound,
  Wallet,
  Wrench,
} from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { JumpSheet, useJumpKey } from "./jump.tsx";
import { useSeen } from "./page-rights.ts";
import { useSignedIn } from "./signed-in.ts";
import { t } from "./translate.ts";
import { addressOf, MENU_GROUPS, type MenuPage, menuOf, type Page, pagesUnder } from "./use-route.ts";

const ICONS: Readonly<Record<MenuPage, LucideIcon>> = {
  overview: LayoutDashboard,
  reports: ChartColumn,
  dataAudit: ListChecks,
  orders: ShoppingBag,
  customers: Users,
  cases: Wrench,
  catalogue: Tags,
  stores: Store,
  stock: Package,
  tills: MonitorSmartphone,
  tickets: ReceiptText,
  shifts: Wallet,
  credits: TicketCheck,
  exceptions: TriangleAlert,
  returns: Undo2,
  prices: CircleDollarSign,
  promotions: BadgePercent,
  rules: Route,
  connectors: Plug,
  staff: UsersRound,
  users: ShieldCheck,
};

const BUTTON =
  "flex min-h-10 w-full shrink-0 flex-col items-center justify-center rounded-xl text-[11px] text-on-side-soft hover:bg-side-raised hover:text-on-side xl:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-[15px]";

/** The frame of every page: the menu at the left, the page beside it. The entries scroll by themselves; who is signed in and the way out stay. */
export function Shell({ page, children }: { readonly page: Page; readonly children: ReactNode }) {
  const { signOut, session } = useSignedIn();
  const jump = useJumpKey();
  const main = useRef<HTMLElement>(null);
  // Whoever goes on from within a page that is gone then goes on in the next one, and not at the menu's beginning.
  const shown = useRef(page);
  useEffect(() => {
    if (shown.current === page) return;
    shown.current = page;
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [page]);
  return (
    <div className="flex min-h-full">
      <button
        type="button"
        onClick={() => main.current?.focus()}
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-20 focus:rounded-xl focus:bg-surface focus:px-4 focus:py-2.5 focus:font-semibold focus:shadow-2xl"
      >
        {t("nav.skip")}
      </button>
      <nav
        aria-label={t("nav.label")}
        className="sticky top-0 flex h-screen w-20 shrink-0 flex-col bg-side px-1 py-3 xl:w-56 xl:px-3 xl:py-5 text-on-side"
      >
        <div className="mb-2 flex shrink-0 items-center gap-3 px-1 xl:mb-4 xl:px-2">
          <img src="/console/icon.svg" alt="" className="mx-auto size-10 xl:mx-0" />
          <span className="hidden text-lg font-semibold tracking-tight xl:inline">{t("app.name")}</span>
        </div>
        <button
          type="button"
          onClick={() => jump.setOpen(true)}
          aria-keyshortcuts="Control+K"
          className={BUTTON}
        >
          <Search aria-hidden size={18} className="shrink-0" />
          {t("nav.jump")}
          <kbd aria-hidden className="ml-auto hidden font-sans text-[13px] xl:inline">
            {t("nav.jump.keys")}
          </kbd>
        </button>
        <Entries page={page} />
        <OwnLink name={session.name} isCurrent={page === "account"} />
        <button type="button" onClick={signOut} className={BUTTON}>
          <LogOut aria-hidden size={20} className="shrink-0" />
          {t("nav.signOut")}
        </button>
      </nav>
      <main ref={main} tabIndex={-1} className="min-w-0 flex-1 px-6 py-6 outline-none xl:px-10 xl:py-8">
        <div className="mx-auto max-w-[1240px] has-data-wide:max-w-none">{children}</div>
      </main>
      {jump.isOpen && <JumpSheet onClose={() => jump.setOpen(false)} />}
    </div>
  );
}

function Entries({ page }: { readonly page: Page }) {
  const current = menuOf(page);
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is the current one
  useEffect(() => {
    scroller.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <div
      ref={scroller}
      className="my-1 min-h-0 flex-1 overflow-y-auto overscroll-contain [scrollbar-width:thin]"
    >
      {MENU_GROUPS.map((group) => (
        <section
          key={group[0]}
          className="border-side-raised border-b py-1 last:border-b-0 has-[>ul:empty]:hidden"
        >
          <h2 className="sr-only">{t(`nav.group.${group[0]}`)}</h2>
          <ul className="flex flex-col xl:gap-0.5">
            {group.map((each) => (
              <MenuLink key={each} page={each} isCurrent={each === current} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Who is signed in, and the way to their own account. */
function OwnLink({ name, isCurrent }: { readonly name: string; readonly isCurrent: boolean }) {
  return (
    <a
      href={addressOf("account")}
      aria-label={t("nav.account", { name })}
      aria-current={isCurrent ? "page" : undefined}
      className={`flex min-h-10 shrink-0 flex-col items-center justify-center rounded-xl text-[11px] leading-3.5 xl:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-[15px] ${
        isCurrent
          ? "bg-side-raised font-semibold text-on-side"
          : "text-on-side-soft hover:bg-side-raised hover:text-on-side"
      }`}
    >
      <CircleUserRound aria-hidden size={20} className="shrink-0" />
      <span className="max-w-full truncate xl:leading-6">{name}</span>
    </a>
  );
}

/** An entry leads to the first of its pages that one may see; where there is none, it is not there. */
function MenuLink({ page, isCurrent }: { readonly page: MenuPage; readonly isCurrent: boolean }) {
  const Icon = ICONS[page];
  const [first] = useSeen(pagesUnder(page));
  if (first === undefined) return null;
  return (
    <li>
      <a
        href={addressOf(first)}
        aria-current={isCurrent ? "page" : undefined}
        className={`flex min-h-10 flex-col items-center justify-center rounded-xl py-0.5 text-[11px] leading-3.5 xl:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-[15px] ${
          isCurrent
            ? "bg-side-raised font-semibold text-on-side"
            : "text-on-side-soft hover:bg-side-raised hover:text-on-side"
        }`}
      >
        <Icon aria-hidden className="size-4.5 shrink-0 xl:size-5" />
        {t(`nav.${page}`)}
      </a>
    </li>
  );
}
