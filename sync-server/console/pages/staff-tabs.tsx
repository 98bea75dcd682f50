import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, STAFF_PAGES, type StaffPageName } from "../use-route.ts";

/** The pages about staff, beside each other. */
export function StaffTabs({ page }: { readonly page: StaffPageName }) {
  return (
    <Tabs
      label={t("staff.tabs")}
      all={useSeen(STAFF_PAGES)}
      current={page}
      textOf={(each) => t(`staff.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
