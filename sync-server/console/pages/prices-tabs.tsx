import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, PRICES_PAGES, type PricesPageName } from "../use-route.ts";

/** The pages about prices, beside each other. */
export function PricesTabs({ page }: { readonly page: PricesPageName }) {
  return (
    <Tabs
      label={t("prices.tabs")}
      all={useSeen(PRICES_PAGES)}
      current={page}
      textOf={(each) => t(`prices.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
