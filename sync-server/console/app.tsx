import { useCallback, useEffect, useMemo, useState } from "react";
import { Api } from "./api.ts";
import { ApprovalsPage } from "./pages/approvals.tsx";
import { CasesPage } from "./pages/cases.tsx";
import { CataloguePage } from "./pages/catalogue.tsx";
import { CommissionPage } from "./pages/commission.tsx";
import { ConnectorsPage } from "./pages/connectors.tsx";
import { CreditsPage } from "./pages/credits.tsx";
import { CustomersPage } from "./pages/customers.tsx";
import { ExceptionsPage } from "./pages/exceptions.tsx";
import { ImportPage } from "./pages/import.tsx";
import { LabelsPage } from "./pages/labels.tsx";
import { LoyaltyPage } from "./pages/loyalty.tsx";
import { OrdersPage } from "./pages/orders.tsx";
import { OverviewPage } from "./pages/overview.tsx";
import { PriceCheckPage } from "./pages/price-check.tsx";
import { PriceListsPage } from "./pages/price-lists.tsx";
import { PricesPage } from "./pages/prices.tsx";
import { PromotionsPage } from "./pages/promotions.tsx";
import { ReceiptDesignPage } from "./pages/receipt-design.tsx";
import { ReportsPage } from "./pages/reports.tsx";
import { ReturnsPage } from "./pages/returns.tsx";
import { ReturnsPolicyPage } from "./pages/returns-policy.tsx";
import { RolesPage } from "./pages/roles.tsx";
import { RulesPage } from "./pages/rules.tsx";
import { ShiftsPage } from "./pages/shifts.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { StaffPage } from "./pages/staff.tsx";
import { TicketsPage } from "./pages/tickets.tsx";
import { TillsPage } from "./pages/tills.tsx";
import { TimeClockPage } from "./pages/time-clock.tsx";
import { endSession, keepSession, readSession } from "./session.ts";
import { Shell } from "./shell.tsx";
import { SignedInContext } from "./signed-in.ts";
import { type Page, useRoute } from "./use-route.ts";

/** The console: signed out, or one page in the shell. */
export function App() {
  const [key, setKey] = useState(readSession);
  const page = useRoute();

  useEffect(() => {
    // A sign-in link opened in this very tab changes the address only.
    const onHashChange = () => setKey(readSession());
    window.addEventListener("hashchange", onHashChange);
    return () => window.removeEventListener("hashchange", onHashChange);
  }, []);

  const signOut = useCallback(() => {
    endSession();
    setKey(null);
  }, []);
  const signedIn = useMemo(() => (key === null ? null : { api: new Api(key), signOut }), [key, signOut]);

  if (signedIn === null) {
    return (
      <SignInPage
        onSignIn={(typed) => {
          keepSession(typed);
          setKey(typed);
        }}
      />
    );
  }
  return (
    <SignedInContext value={signedIn}>
      <Shell page={page}>
        <PageContent page={page} />
      </Shell>
    </SignedInContext>
  );
}

function PageContent({ page }: { readonly page: Page }) {
  switch (page) {
    case "overview":
      return <OverviewPage />;
    case "reports":
      return <ReportsPage />;
    case "catalogue":
      return <CataloguePage />;
    case "import":
      return <ImportPage />;
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
  }
}
