import type { RefObject } from "react";
import type { Item } from "#protocol/till/catalog.ts";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { clearSearch, entered, search, useCatalog } from "./catalog-store.ts";

/** Finds articles as one types; Enter rings up the one that is left, and takes a code that is no article's for one that was scanned. F2 comes here; so does typing anywhere on the register. */
export function ArticleSearchField({
  field,
  onRing,
  onCode,
}: {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onRing: (item: Item) => void;
  /** Answers whether it was taken for something. */
  readonly onCode: (code: string) => Promise<boolean>;
}) {
  async function enter(): Promise<void> {
    const { text } = useCatalog.getState();
    const meant = await entered();
    if (meant === null) return;
    if ("item" in meant) onRing(meant.item);
    // What nobody knows stays, to be put right.
    else if (!(await onCode(meant.code))) return;
    // What is typed next is the next article, and may stand there already.
    if (useCatalog.getState().text === text) clearSearch();
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
      onEnter={() => void enter()}
    />
  );
}
