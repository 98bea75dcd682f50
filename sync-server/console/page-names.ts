import { t } from "./translate.ts";
import {
  CATALOGUE_PAGES,
  type CataloguePageName,
  INTEGRATION_PAGES,
  type IntegrationPageName,
  type Page,
  PRICES_PAGES,
  type PricesPageName,
  RULES_PAGES,
  type RulesPageName,
  STAFF_PAGES,
  STOCK_PAGES,
  type StaffPageName,
  type StockPageName,
  USERS_PAGES,
  type UsersPageName,
} from "./use-route.ts";

/** What a page is called: as in the menu, and of a page beside others as on its tab. */
export function pageName(page: Exclude<Page, "product" | "account">): string {
  if (isOf<CataloguePageName>(CATALOGUE_PAGES, page)) return beside("catalogue", t(`catalogue.tab.${page}`));
  if (isOf<StockPageName>(STOCK_PAGES, page)) return beside("stock", t(`stock.tab.${page}`));
  if (isOf<RulesPageName>(RULES_PAGES, page)) return beside("rules", t(`rules.tab.${page}`));
  if (isOf<PricesPageName>(PRICES_PAGES, page)) return beside("prices", t(`prices.tab.${page}`));
  if (isOf<StaffPageName>(STAFF_PAGES, page)) return beside("staff", t(`staff.tab.${page}`));
  if (isOf<IntegrationPageName>(INTEGRATION_PAGES, page))
    return beside("connectors", t(`integrations.tab.${page}`));
  if (isOf<UsersPageName>(USERS_PAGES, page)) return beside("users", t(`users.tab.${page}`));
  return t(`nav.${page}`);
}

function isOf<P extends Page>(pages: readonly P[], page: Page): page is P {
  return pages.some((each) => each === page);
}

function beside(
  menu: "catalogue" | "stock" | "rules" | "prices" | "staff" | "connectors" | "users",
  tab: string,
): string {
  const entry = t(`nav.${menu}`);
  return entry === tab ? tab : `${entry}: ${tab}`;
}
