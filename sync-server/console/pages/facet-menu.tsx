import { ChevronDown } from "lucide-react";
import { useCallback, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import type { CatalogueFacet } from "#protocol/hq/catalogue.ts";
import type { CatalogueAsk } from "../catalogue-api.ts";
import { numberText } from "../format.ts";
import { useApi } from "../signed-in.ts";
import { isKey, t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FindField } from "../ui/find-field.tsx";
import { usePolled } from "../use-polled.ts";
import { useSettled } from "../use-settled.ts";

const REFRESH_MS = 60_000;

/** The values of one field, with how many products have each, to filter by. Asked for when it is opened. */
export function FacetMenu({
  of,
  filter,
  chosen,
  nameOf = (value) => value,
  onChosen,
}: {
  readonly of: CatalogueFacet;
  readonly filter: CatalogueAsk;
  readonly chosen: readonly string[];
  readonly nameOf?: (value: string) => string;
  readonly onChosen: (values: readonly string[]) => void;
}) {
  const title = t(`catalogue.filter.${of}`);
  return (
    <DialogTrigger>
      <Button className={chosen.length > 0 ? "border-brand text-brand-strong" : ""}>
        {title}
        {chosen.length > 0 && (
          <span className="figures rounded-full bg-brand-soft px-2">{chosen.length}</span>
        )}
        <ChevronDown aria-hidden size={16} />
      </Button>
      <Popover className="w-80 rounded-2xl border border-line bg-surface p-3 shadow-2xl">
        <Dialog aria-label={title} className="outline-none">
          <Values of={of} title={title} filter={filter} chosen={chosen} nameOf={nameOf} onChosen={onChosen} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Values({
  of,
  title,
  filter,
  chosen,
  nameOf,
  onChosen,
}: {
  readonly of: CatalogueFacet;
  readonly title: string;
  readonly filter: CatalogueAsk;
  readonly chosen: readonly string[];
  readonly nameOf: (value: string) => string;
  readonly onChosen: (values: readonly string[]) => void;
}) {
  const { catalogue } = useApi();
  const [typed, setTyped] = useState("");
  const find = useSettled(typed);
  const { data } = usePolled(
    useCallback(() => catalogue.facet(filter, of, find), [catalogue, filter, of, find]),
    REFRESH_MS,
  );
  const values = data?.values ?? [];
  const known = values.map(({ value }) => value);
  const shown = [
    ...(find === ""
      ? chosen.filter((value) => !known.includes(value)).map((value) => ({ value, products: 0 }))
      : []),
    ...values,
  ];
  return (
    <>
      <FindField
        label={t("catalogue.filter.find", { field: title })}
        className="mb-2 w-full"
        value={typed}
        onChange={setTyped}
      />
      <ul className="max-h-80 overflow-y-auto px-1">
        {shown.map(({ value, products }) => (
          <li key={value} className="flex items-center justify-between gap-3">
            <Check
              label={value === "" ? t("catalogue.filter.empty") : nameOf(value)}
              checked={chosen.includes(value)}
              onChange={(isIn) =>
                onChosen(isIn ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
            />
            <span className="figures text-soft text-sm">{numberText(products)}</span>
          </li>
        ))}
      </ul>
      {data !== null && shown.length === 0 && <p className="p-2 text-soft">{t("catalogue.filter.none")}</p>}
      {data?.more === true && <p className="p-2 text-soft text-sm">{t("catalogue.filter.more")}</p>}
    </>
  );
}

/** Words for a product's status that came as a text. */
export function statusName(value: string): string {
  const key = `catalogue.status.${value}`;
  return isKey(key) ? t(key) : value;
}
