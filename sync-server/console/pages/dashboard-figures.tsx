import { tillText } from "#domain/store/till-text.ts";
import type { Dashboard } from "#protocol/hq/dashboard.ts";
import { amountText, numberText } from "../format.ts";
import { LinkTo } from "../link-to.tsx";
import { t } from "../translate.ts";
import type { Ask, Page } from "../use-route.ts";
import { changeText } from "./dashboard-change.ts";
import { When } from "./when.tsx";

/** The figures at the top; each leads to what it is made of. Null while they are asked for. */
export function Figures({ dashboard }: { readonly dashboard: Dashboard | null }) {
  if (dashboard === null)
    return <div aria-busy className="mb-5 min-h-36 animate-pulse rounded-2xl bg-sunken" />;
  const { sales, orders, exceptions, tills, belowZero } = dashboard;
  const open = exceptions.reduce((sum, { count }) => sum + count, 0);
  const tickets = sales.reduce((sum, { today }) => sum + today.count, 0);
  return (
    <ul className="mb-5 grid grid-cols-2 gap-4 lg:grid-cols-4">
      <Figure
        label={t("overview.sales")}
        value={sales.map(({ today }) => amountText(today.amount)).join(" + ") || t("common.none")}
        page="tickets"
        isMain
      >
        {sales.map(({ today, lastWeek }) => (
          <span key={today.amount.currency} className="block">
            {changeText({ today: today.amount, lastWeek: lastWeek.amount })}
            {lastWeek.count > 0 && (
              <span className="block">{t("overview.lastWeek", { amount: amountText(lastWeek.amount) })}</span>
            )}
          </span>
        ))}
      </Figure>
      <Figure label={t("overview.tickets")} value={numberText(tickets)} page="tickets" />
      <Figure label={t("overview.waiting")} value={numberText(orders.waiting)} page="orders">
        {t("overview.ordersLead", { late: numberText(orders.late), ready: numberText(orders.ready) })}
      </Figure>
      <Figure label={t("overview.open")} value={numberText(open)} page="exceptions" />
      <Figure
        label={t("overview.silent")}
        value={t("overview.silentOf", { silent: tills.silent, all: tills.all })}
        page="tills"
        ask={{ state: "silent" }}
      />
      <Figure
        label={t("overview.unsent")}
        value={tills.oldestUnsent === null ? t("overview.unsent.none") : <When at={tills.oldestUnsent.at} />}
        page="tills"
        ask={{ sort: "oldestUnsent", unsent: "true" }}
      >
        {tills.oldestUnsent !== null &&
          t("overview.unsent.of", { count: numberText(tills.unsent), till: tillText(tills.oldestUnsent) })}
      </Figure>
      <Figure label={t("overview.belowZero")} value={numberText(belowZero)} page="catalogue" />
    </ul>
  );
}

function Figure({
  label,
  value,
  isMain = false,
  page,
  ask = {},
  children,
}: {
  readonly label: string;
  readonly value: React.ReactNode;
  readonly isMain?: boolean;
  readonly page: Page;
  readonly ask?: Ask;
  readonly children?: React.ReactNode;
}) {
  const look = `block h-full rounded-2xl border px-5 py-4 ${isMain ? "border-transparent bg-brand text-on-brand" : "border-line bg-surface"}`;
  return (
    <li className="min-w-0">
      <LinkTo
        page={page}
        ask={ask}
        plain={look}
        className={`${look} ${isMain ? "hover:bg-brand-strong" : "hover:bg-sunken"}`}
      >
        <span className={`block text-sm ${isMain ? "" : "text-soft"}`}>{label}</span>
        <span className="figures mt-1 block min-h-9 truncate font-semibold text-[26px] tracking-tight">
          {value}
        </span>
        <span className={`figures block text-sm ${isMain ? "" : "text-soft"}`}>{children}</span>
      </LinkTo>
    </li>
  );
}
