import { ChevronDown } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { CATALOGUE_FACETS, type CatalogueFacet, STOCK_STATES } from "#protocol/hq/catalogue.ts";
import type { CatalogueAsk } from "../catalogue-api.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Select } from "../ui/select.tsx";
import type { Ask } from "../use-route.ts";
import { GAPS, textOfValues, valuesOf } from "./catalogue-ask.ts";
import { FacetMenu, statusName } from "./facet-menu.tsx";

/** What the catalogue is filtered by. All of it stands in the address. */
export function CatalogueFilters({
  ask,
  filter,
  taxName,
  onAsk,
}: {
  readonly ask: Ask;
  readonly filter: CatalogueAsk;
  readonly taxName: (id: string) => string;
  readonly onAsk: (changes: Ask) => void;
}) {
  const nameOf = (facet: CatalogueFacet) =>
    facet === "status" ? statusName : facet === "taxClass" ? taxName : (value: string) => value;
  const gaps = GAPS.filter((gap) => ask[gap] === "no");
  const isFiltered = Object.keys(filter).some((name) => name !== "search" && name !== "list");
  return (
    <>
      {CATALOGUE_FACETS.map((facet) => (
        <FacetMenu
          key={facet}
          of={facet}
          filter={filter}
          chosen={valuesOf(ask, facet)}
          nameOf={nameOf(facet)}
          onChosen={(values) => onAsk({ [facet]: textOfValues(values) })}
        />
      ))}
      <DialogTrigger>
        <Button className={gaps.length > 0 ? "border-brand text-brand-strong" : ""}>
          {t("catalogue.filter.gaps")}
          {gaps.length > 0 && <span className="figures rounded-full bg-brand-soft px-2">{gaps.length}</span>}
          <ChevronDown aria-hidden size={16} />
        </Button>
        <Popover className="w-64 rounded-2xl border border-line bg-surface p-3 shadow-2xl">
          <Dialog aria-label={t("catalogue.filter.gaps")} className="px-1 outline-none">
            {GAPS.map((gap) => (
              <Check
                key={gap}
                label={t(`catalogue.filter.gap.${gap}`)}
                checked={ask[gap] === "no"}
                onChange={(isOn) => onAsk({ [gap]: isOn ? "no" : "" })}
              />
            ))}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <Select
        label={t("catalogue.filter.stock")}
        value={ask.stock ?? ""}
        choices={[
          { value: "", text: t("catalogue.filter.stock.any") },
          ...STOCK_STATES.map((value) => ({ value, text: t(`catalogue.filter.stock.${value}`) })),
        ]}
        onChange={(stock) => onAsk({ stock })}
      />
      {isFiltered && (
        <Button
          look="quiet"
          onPress={() =>
            onAsk(Object.fromEntries([...CATALOGUE_FACETS, ...GAPS, "stock"].map((name) => [name, ""])))
          }
        >
          {t("catalogue.filter.clear")}
        </Button>
      )}
    </>
  );
}
