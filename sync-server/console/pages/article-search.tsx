import { useCallback, useState } from "react";
import type { Sku, VariantId } from "#domain/ids.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { ok } from "#domain/result.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";
import { ProblemNote } from "./problem-note.tsx";

const SEARCH_EVERY_MS = 60_000;
const MAX_FOUND = 5;
const NOTHING = ok({ products: [], total: 0 });

/** Finds articles by name, SKU or barcode, and takes one that is pressed. */
export function ArticleSearch({
  label,
  without = [],
  clears = false,
  onChosen,
}: {
  readonly label: string;
  /** Not offered: they are taken already. */
  readonly without?: readonly VariantId[];
  /** Whether one is taken for each search. */
  readonly clears?: boolean;
  readonly onChosen: (variant: VariantId, name: string, sku: Sku) => void;
}) {
  const api = useApi();
  const [search, setSearch] = useState("");
  const asked = useSettled(search.trim());
  const { data, isStale, problem } = usePolled(
    useCallback(
      async () => (asked === "" ? NOTHING : api.products({ search: asked, offset: 0, limit: MAX_FOUND })),
      [api, asked],
    ),
    SEARCH_EVERY_MS,
  );
  const found = (search.trim() === "" ? [] : (data?.products ?? [])).flatMap(({ title, variants }) =>
    variants.map(({ variant, sku, options }) => ({
      variant,
      sku,
      name: [title, variantLabel(options), sku].filter((text) => text !== "").join(" · "),
    })),
  );
  const offered = found.filter(({ variant }) => !without.includes(variant)).slice(0, 2 * MAX_FOUND);
  const isAnswered = data !== null && !isStale && asked !== "" && asked === search.trim();
  return (
    <>
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        // Enter is no wish to save the form that this stands in.
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault();
        }}
        className="min-h-10 w-full rounded-xl border border-line bg-surface px-3.5"
      />
      <p role="status" className={offered.length === 0 ? "text-soft text-sm" : "sr-only"}>
        {!isAnswered
          ? ""
          : offered.length === 0
            ? t("articles.none")
            : tCount("articles.found", offered.length)}
      </p>
      <ProblemNote problem={problem} />
      <ul className="space-y-1">
        {offered.map(({ variant, sku, name }) => (
          <li key={variant}>
            <Button
              look="quiet"
              className="w-full justify-start text-left"
              onPress={() => {
                onChosen(variant, name, sku);
                if (clears) setSearch("");
              }}
            >
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
