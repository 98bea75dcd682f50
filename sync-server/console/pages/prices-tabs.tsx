import { t } from "../translate.ts";
import { addressOf, PRICES_PAGES, type PricesPageName } from "../use-route.ts";

/** The pages about prices, beside each other. */
export function PricesTabs({ page }: { readonly page: PricesPageName }) {
  return (
    <nav aria-label={t("prices.tabs")} className="flex flex-wrap gap-1 rounded-xl bg-sunken p-1">
      {PRICES_PAGES.map((each) => (
        <a
          key={each}
          href={addressOf(each)}
          aria-current={each === page ? "page" : undefined}
          className={`flex min-h-10 items-center rounded-lg px-4 ${
            each === page ? "bg-surface font-semibold" : "text-soft hover:text-ink"
          }`}
        >
          {t(`prices.tab.${each}`)}
        </a>
      ))}
    </nav>
  );
}
