import type { RefObject } from "react";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { clearSearch, type Entered, enter, search, useCatalog } from "./catalog-store.ts";

/** Finds articles as one types; Enter rings up the one that is meant, and takes a code that is no article's for one that was scanned. F2 comes here; so does typing anywhere on the register. */
export function ArticleSearchField({
  field,
  onEntered,
}: {
  readonly field: RefObject<HTMLInputElement | null>;
  /** Answers whether it was taken for something. */
  readonly onEntered: (entered: Entered) => Promise<boolean>;
}) {
  return (
    <SearchField
      field={field}
      label={t("catalog.search")}
      hint={t("catalog.searchHint")}
      clearLabel={t("catalog.clear")}
      text={useCatalog((state) => state.text)}
      onText={(text) => void search(text)}
      onClear={clearSearch}
      onEnter={() => void enter(onEntered)}
    />
  );
}
