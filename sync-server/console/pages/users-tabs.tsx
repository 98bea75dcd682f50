import { useSeen } from "../page-rights.ts";
import { t } from "../translate.ts";
import { Tabs } from "../ui/tabs.tsx";
import { addressOf, USERS_PAGES, type UsersPageName } from "../use-route.ts";

/** The pages about users, beside each other. */
export function UsersTabs({ page }: { readonly page: UsersPageName }) {
  return (
    <Tabs
      label={t("users.tabs")}
      all={useSeen(USERS_PAGES)}
      current={page}
      textOf={(each) => t(`users.tab.${each}`)}
      addressOf={(each) => addressOf(each)}
    />
  );
}
