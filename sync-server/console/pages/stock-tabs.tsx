import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, STOCK_PAGES, type StockPageName } from "../use-route.ts";

/** The pages about stock, beside each other. */
export function StockTabs({ page }: { readonly page: StockPageName }) {
  return (
    <Tabs
      label={t("stock.tabs")}
      all={STOCK_PAGES}
      current={page}
      textOf={(each) => t(`stock.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
