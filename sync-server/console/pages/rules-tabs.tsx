import { t } from "../translate.ts";
import { addressOf, RULES_PAGES, type RulesPageName } from "../use-route.ts";

/** The pages of what HQ decides for stores, beside each other. */
export function RulesTabs({ page }: { readonly page: RulesPageName }) {
  return (
    <nav aria-label={t("rules.tabs")} className="flex flex-wrap gap-1 rounded-xl bg-sunken p-1">
      {RULES_PAGES.map((each) => (
        <a
          key={each}
          href={addressOf(each)}
          aria-current={each === page ? "page" : undefined}
          className={`flex min-h-10 items-center rounded-lg px-4 ${
            each === page ? "bg-surface font-semibold" : "text-soft hover:text-ink"
          }`}
        >
          {t(`rules.tab.${each}`)}
        </a>
      ))}
    </nav>
  );
}
