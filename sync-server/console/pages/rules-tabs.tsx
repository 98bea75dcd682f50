import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, RULES_PAGES, type RulesPageName } from "../use-route.ts";

/** The pages of what HQ decides for stores, beside each other. */
export function RulesTabs({ page }: { readonly page: RulesPageName }) {
  return (
    <Tabs
      label={t("rules.tabs")}
      all={useSeen(RULES_PAGES)}
      current={page}
      textOf={(each) => t(`rules.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
