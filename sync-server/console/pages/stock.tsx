import { t } from "../translate.ts";
import { PageTitle } from "../ui/panel.tsx";
import { StockTabs } from "./stock-tabs.tsx";

export function StockPage() {
  return (
    <PageTitle title={t("nav.stock")}>
      <StockTabs page="stock" />
    </PageTitle>
  );
}
