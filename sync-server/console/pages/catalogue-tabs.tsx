import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, CATALOGUE_PAGES, type CataloguePageName } from "../use-route.ts";

/** The catalogue and what fills it, beside each other. */
export function CatalogueTabs({ page }: { readonly page: CataloguePageName }) {
  return (
    <Tabs
      label={t("catalogue.tabs")}
      all={useSeen(CATALOGUE_PAGES)}
      current={page}
      textOf={(each) => t(`catalogue.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
