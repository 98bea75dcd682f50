import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, INTEGRATION_PAGES, type IntegrationPageName } from "../use-route.ts";

/** The pages about other programs, beside each other. */
export function IntegrationsTabs({ page }: { readonly page: IntegrationPageName }) {
  return (
    <Tabs
      label={t("integrations.tabs")}
      all={useSeen(INTEGRATION_PAGES)}
      current={page}
      textOf={(each) => t(`integrations.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
