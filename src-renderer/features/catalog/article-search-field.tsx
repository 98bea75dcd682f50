import type { RefObject } from "react";
import type { Item } from "#protocol/till/catalog.ts";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { clearSearch, onlyFound, search, useCatalog } from "./catalog-store.ts";

/** Finds articles as one types; Enter rings up the one that is left. F2 comes here; so does typing anywhere on the register. */
export function ArticleSearchField({
  field,
  onRing,
}: {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onRing: (item: Item) => void;
}) {
  async function ringOnly(): Promise<void> {
    const only = await onlyFound();
    if (only === null) return;
    // What is typed next is the next article.
    clearSearch();
    onRing(only);
  }
  return (
    <SearchField
      field={field}
      label={t("catalog.search")}
      hint={t("catalog.searchHint")}
      clearLabel={t("catalog.clear")}
      text={useCatalog((state) => state.text)}
      onText={(text) => void search(text)}
      onClear={clearSearch}
      onEnter={() => void ringOnly()}
    />
  );
}
