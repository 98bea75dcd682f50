import type { RefObject } from "react";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { openFirstFound, searchOrders, useOrders } from "./orders-store.ts";

/** Finds orders as one types; Enter opens the first. */
export function OrderSearchField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  return (
    <SearchField
      field={field}
      label={t("orders.search")}
      hint={t("orders.searchHint")}
      clearLabel={t("orders.clear")}
      text={useOrders((state) => state.text)}
      onText={(text) => void searchOrders(text)}
      onEnter={() => void openFirstFound()}
    />
  );
}
