import type { RefObject } from "react";
import { t } from "../../i18n/translate.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { openFirstFoundCase, searchCases, useCases } from "./cases-store.ts";

/** Finds cases as one types; Enter opens the first. */
export function CaseSearchField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  return (
    <SearchField
      field={field}
      label={t("cases.search")}
      hint={t("cases.searchHint")}
      clearLabel={t("cases.clear")}
      text={useCases((state) => state.text)}
      onText={(text) => void searchCases(text)}
      onEnter={() => void openFirstFoundCase()}
    />
  );
}
