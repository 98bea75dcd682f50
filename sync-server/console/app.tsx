import { type Dispatch, type SetStateAction, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { JoiningLinkName, SessionAnswer } from "#protocol/hq/access.ts";
import { Api } from "./api.ts";
import { type OpenedLink, takeLink } from "./link.ts";
import { sees } from "./page-rights.ts";
import { AccountPage } from "./pages/account.tsx";
import { ApiKeysPage } from "./pages/api-keys.tsx";
import { ApprovalsPage } from "./pages/approvals.tsx";
import { AuditLogPage } from "./pages/audit-log.tsx";
import { BulkEditsPage } from "./pages/bulk-edits.tsx";
import { CasesPage } from "./pages/cases.tsx";
import { CataloguePage } from "./pages/catalogue.tsx";
import { CommissionPage } from "./pages/commission.tsx";
import { ConnectorsPage } from "./pages/connectors.tsx";
import { CountsPage } from "./pages/counts.tsx";
import { CreditsPage } from "./pages/credits.tsx";
import { CustomersPage } from "./pages/customers.tsx";
import { DataAuditPage } from "./pages/data-audit.tsx";
import { DeliveriesPage } from "./pages/deliveries.tsx";
import { EventsPage } from "./pages/events.tsx";
import { ExceptionsPage } from "./pages/exceptions.tsx";
import { ImportPage } from "./pages/import.tsx";
import { JoinPage } from "./pages/join.tsx";
import { LabelsPage } from "./pages/labels.tsx";
import { LoyaltyPage } from "./pages/loyalty.tsx";
import { OrdersPage } from "./pages/orders.tsx";
import { OverviewPage } from "./pages/overview.tsx";
import { PriceCheckPage } from "./pages/price-check.tsx";
import { PriceListsPage } from "./pages/price-lists.tsx";
import { PricesPage } from "./pages/prices.tsx";
import { ProductPage } from "./pages/product.tsx";
import { PromotionsPage } from "./pages/promotions.tsx";
import { ReceiptDesignPage } from "./pages/receipt-design.tsx";
import { ReplenishmentPage } from "./pages/replenishment.tsx";
import { ReportsPage } from "./pages/reports.tsx";
import { ReservationsPage } from "./pages/reservations.tsx";
import { ReturnsPage } from "./pages/returns.tsx";
import { ReturnsPolicyPage } from "./pages/returns-policy.tsx";
import { RolesPage } from "./pages/roles.tsx";
import { RulesPage } from "./pages/rules.tsx";
import { ShiftsPage } from "./pages/shifts.tsx";
import { SignInPage, signInProblemText } from "./pages/sign-in.tsx";
import { StaffPage } from "./pages/staff.tsx";
import { StockPage } from "./pages/stock.tsx";
import { StoresPage } from "./pages/stores.tsx";
import { TicketsPage } from "./pages/tickets.tsx";
import { TillsPage } from "./pages/tills.tsx";
import { TimeClockPage } from "./pages/time-clock.tsx";
import { UsersPage } from "./pages/users.tsx";
import { WebhooksPage } from "./pages/webhooks.tsx";
import { Shell } from "./shell.tsx";
import { SignedInContext } from "./signed-in.ts";
import { t } from "./translate.ts";
import { Empty, PageTitle, Panel } from "./ui/panel.tsx";
import { type Page, useRoute } from "./use-route.ts";

type Standing =
  | { readonly kind: "asking" }
  | { readonly kind: "joining"; readonly link: { readonly kind: JoiningLinkName; readonly token: string } }
  | { readonly kind: "out"; readonly email: string; readonly notice: string | null }
  | { readonly kind: "in"; readonly session: SessionAnswer };

const OUT = { kind: "out", email: "", notice: null } as const;
/** How soon somebody sees that their role was changed; the server keeps to it at once. */
const REFRESH_MS = 60_000;
const api = new Api();

/** The console: signed out, at the door with a link, or one page in the shell. */
export function App() {
  const [standing, setStanding] = useState<Standing>({ kind: "asking" });
  const page = useRoute();
  const isEntered = useRef(false);
  /** How often somebody came to the door: alone, or with a link. */
  const entries = useRef(0);

  /** A sign-in ended late: its cookie is the one that counts, whoever was let in meanwhile. */
  const lookAgain = useCallback(async () => {
    const answer = await api.access.session();
    if (answer.ok) setStanding((now) => (now.kind === "in" ? { kind: "in", session: answer.value } : now));
  }, []);

  const enter = useCallback(
    async (link: OpenedLink | null) => {
      entries.current += 1;
      const entry = entries.current;
      if (link !== null && link.kind !== "signIn") {
        setStanding({ kind: "joining", link: { kind: link.kind, token: link.token } });
        return;
      }
      const answer = await (link === null ? api.access.session() : api.access.signInByLink(link.token));
      // Another link was opened meanwhile.
      if (entry !== entries.current) {
        if (answer.ok && link !== null) void lookAgain();
        return;
      }
      if (answer.ok) setStanding({ kind: "in", session: answer.value });
      else setStanding({ ...OUT, notice: link === null ? null : signInProblemText(answer.reason) });
    },
    [lookAgain],
  );

  useEffect(() => {
    if (!isEntered.current) void enter(takeLink());
    isEntered.current = true;
    const onHashChange = () => {
      // A link that is opened in this very tab changes the address only.
      const link = takeLink();
      if (link === null) return;
      setStanding({ kind: "asking" });
      void enter(link);
    };
    window.addEventListener("hashchange", onHashChange);
    return () => window.removeEventListener("hashchange", onHashChange);
  }, [enter]);

  if (standing.kind === "asking") return <Asking />;
  if (standing.kind === "joining")
    return (
      <JoinPage
        link={standing.link}
        onJoined={(email) =>
          setStanding((now) => (now === standing ? { kind: "out", email, notice: t("signIn.joined") } : now))
        }
        onLeave={() => setStanding(OUT)}
      />
    );
  const entered = entries.current;
  if (standing.kind === "out")
    return (
      <SignInPage
        email={standing.email}
        notice={standing.notice}
        onSignedIn={(session) => {
          setStanding((now) => (now.kind === "out" ? { kind: "in", session } : now));
          if (entered !== entries.current) void lookAgain();
        }}
      />
    );
  return <Inside page={page} session={standing.session} onChange={setStanding} />;
}

function Asking() {
  return (
    <p role="status" className="sr-only">
      {t("session.asking")}
    </p>
  );
}

function Inside({
  page,
  session,
  onChange,
}: {
  readonly page: Page;
  readonly session: SessionAnswer;
  readonly onChange: Dispatch<SetStateAction<Standing>>;
}) {
  // Whoever signed out by themselves stays out, and is told of no end, by whatever is answered after that.
  const ended = useCallback(
    () => onChange((now) => (now.kind === "in" ? { ...OUT, notice: t("session.ended") } : now)),
    [onChange],
  );
  const refresh = useCallback(async () => {
    const answer = await api.access.session();
    if (answer.ok) onChange((now) => (now.kind === "in" ? { kind: "in", session: answer.value } : now));
    else if (answer.reason.kind === "unauthorised") ended();
  }, [onChange, ended]);
  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void refresh();
    }, REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [refresh]);
  const signedIn = useMemo(
    () => ({
      api,
      session,
      refresh: () => void refresh(),
      signOut: () =>
        void api.access.signOut().then((answer) => {
          if (answer.ok || answer.reason.kind === "unauthorised") onChange(OUT);
        }),
      ended,
    }),
    [session, refresh, onChange, ended],
  );
  const mayShow = sees(session, page);
  return (
    <SignedInContext value={signedIn}>
      <Shell page={page}>{mayShow ? <PageContent page={page} /> : <Hidden />}</Shell>
    </SignedInContext>
  );
}

function Hidden() {
  return (
    <>
      <PageTitle title={t("app.name")} />
      <Panel>
        <Empty>{t("may.not")}</Empty>
      </Panel>
    </>
  );
}

function PageContent({ page }: { readonly page: Page }) {
  switch (page) {
    case "overview":
      return <OverviewPage />;
    case "dataAudit":
      return <DataAuditPage />;
    case "reports":
      return <ReportsPage />;
    case "catalogue":
      return <CataloguePage />;
    case "product":
      return <ProductPage />;
    case "stock":
      return <StockPage />;
    case "counts":
      return <CountsPage />;
    case "deliveries":
      return <DeliveriesPage />;
    case "reservations":
      return <ReservationsPage />;
    case "replenishment":
      return <ReplenishmentPage />;
    case "import":
      return <ImportPage />;
    case "stores":
      return <StoresPage />;
    case "tills":
      return <TillsPage />;
    case "tickets":
      return <TicketsPage />;
    case "shifts":
      return <ShiftsPage />;
    case "credits":
      return <CreditsPage />;
    case "orders":
      return <OrdersPage />;
    case "customers":
      return <CustomersPage />;
    case "returns":
      return <ReturnsPage />;
    case "returnsPolicy":
      return <ReturnsPolicyPage />;
    case "receiptDesign":
      return <ReceiptDesignPage />;
    case "prices":
      return <PricesPage />;
    case "priceLists":
      return <PriceListsPage />;
    case "bulkEdits":
      return <BulkEditsPage />;
    case "priceCheck":
      return <PriceCheckPage />;
    case "labels":
      return <LabelsPage />;
    case "loyalty":
      return <LoyaltyPage />;
    case "promotions":
      return <PromotionsPage />;
    case "cases":
      return <CasesPage />;
    case "rules":
      return <RulesPage />;
    case "exceptions":
      return <ExceptionsPage />;
    case "staff":
      return <StaffPage />;
    case "staffRoles":
      return <RolesPage />;
    case "timeClock":
      return <TimeClockPage />;
    case "approvals":
      return <ApprovalsPage />;
    case "commission":
      return <CommissionPage />;
    case "connectors":
      return <ConnectorsPage />;
    case "webhooks":
      return <WebhooksPage />;
    case "events":
      return <EventsPage />;
    case "apiKeys":
      return <ApiKeysPage />;
    case "users":
      return <UsersPage />;
    case "auditLog":
      return <AuditLogPage />;
    case "account":
      return <AccountPage />;
  }
}
