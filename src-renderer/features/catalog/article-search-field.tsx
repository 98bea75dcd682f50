import type { RefObject } from "react";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { clearSearch, search, useCatalog } from "./catalog-store.ts";

/** Finds articles as one types. F2 comes here; so does typing anywhere on the register. */
export function ArticleSearchField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  return (
    <SearchField
      field={field}
      label={t("catalog.search")}
      hint={t("catalog.searchHint")}
      clearLabel={t("catalog.clear")}
      text={useCatalog((state) => state.text)}
      onText={(text) => void search(text)}
      onClear={clearSearch}
    />
  );
}
