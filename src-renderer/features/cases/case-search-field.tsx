import { Search, X } from "lucide-react";
import type { RefObject } from "react";
import { t } from "../../i18n/translate.ts";
import { openFirstFoundCase, searchCases, useCases } from "./cases-store.ts";

/** Finds cases as one types; Enter opens the first. */
export function CaseSearchField({ field }: { readonly field: RefObject<HTMLInputElement | null> }) {
  const text = useCases((state) => state.text);
  return (
    <search className="relative min-w-0 flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-4 -translate-y-1/2 text-on-deep-soft"
        size={22}
      />
      <input
        ref={field}
        type="search"
        aria-label={t("cases.search")}
        placeholder={t("cases.searchHint")}
        value={text}
        onChange={(event) => void searchCases(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") openFirstFoundCase();
        }}
        className="min-h-12 w-full select-text truncate rounded-2xl border border-deep-line bg-deep-raised pr-14 pl-12 text-lg text-on-deep placeholder:text-on-deep-soft [&::-webkit-search-cancel-button]:hidden"
      />
      {text === "" ? null : (
        <button
          type="button"
          aria-label={t("cases.clear")}
          onClick={() => void searchCases("")}
          className="press absolute top-0 right-0 grid size-12 place-items-center rounded-2xl text-on-deep hover:bg-deep-line"
        >
          <X aria-hidden />
        </button>
      )}
    </search>
  );
}
