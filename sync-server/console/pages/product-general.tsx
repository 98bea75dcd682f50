import type { Product, ProductStatus } from "#domain/product/product.ts";
import type { ProductChoices } from "#protocol/hq/product.ts";
import { t } from "../translate.ts";
import { Labelled } from "../ui/labelled.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { handleFrom, type ProductChanges, type ProductDraft } from "./product-draft.ts";

export const STATUSES: readonly ProductStatus[] = ["active", "draft", "archived"];

/** What a section of the page about a product gets. */
export interface SectionProps {
  readonly draft: ProductDraft;
  readonly change: (changes: ProductChanges) => void;
  readonly choices: ProductChoices;
  /** The words for what is wrong with a field; null: nothing. */
  readonly wrong: (field: string) => string | null;
}

export function GeneralSection({
  draft,
  change,
  choices,
  wrong,
  isNew,
}: SectionProps & { readonly isNew: boolean }) {
  const { product, details } = draft;
  const put = (changes: Partial<Product>) => change({ product: { ...product, ...changes } });
  const known = choices.taxClasses.some(({ id }) => id === product.taxClass);
  const taxClasses = [
    ...choices.taxClasses,
    ...(known ? [] : [{ id: product.taxClass, name: product.taxClass }]),
  ];
  return (
    <Panel title={t("product.general")}>
      <div className="grid gap-4 p-5 sm:grid-cols-2">
        <TextField
          label={t("product.title")}
          wrong={wrong("title")}
          value={product.title}
          onChange={(title) => {
            // Until it was given another one, a new product's handle is its title.
            const follows = isNew && product.handle === handleFrom(product.title);
            put({ title, ...(follows ? { handle: handleFrom(title) } : {}) });
          }}
        />
        <TextField
          label={t("product.handle")}
          hint={t("product.handle.hint")}
          wrong={wrong("handle")}
          value={product.handle}
          onChange={(handle) => put({ handle })}
        />
        <Suggested
          label={t("product.brand")}
          wrong={wrong("brand")}
          value={product.brand}
          all={choices.brands}
          onChange={(brand) => put({ brand })}
        />
        <Suggested
          label={t("product.category")}
          wrong={wrong("category")}
          value={product.category}
          all={choices.categories}
          onChange={(category) => put({ category })}
        />
        <LabelledSelect
          label={t("product.taxClass")}
          wrong={choices.taxClasses.length === 0 ? t("product.taxClass.none") : wrong("taxClass")}
          value={product.taxClass}
          choices={taxClasses.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={(taxClass) => put({ taxClass })}
        />
        <LabelledSelect
          label={t("product.status")}
          value={product.status}
          choices={STATUSES.map((value) => ({ value, text: t(`product.status.${value}`) }))}
          onChange={(status) => put({ status })}
        />
        <div className="sm:col-span-2">
          <TextField
            label={t("product.tags")}
            hint={t("product.tags.hint")}
            wrong={wrong("tags")}
            value={draft.tags}
            onChange={(tags) => change({ tags })}
          />
        </div>
        <div className="sm:col-span-2">
          <TextArea
            label={t("product.description")}
            maxLength={20_000}
            value={details.description}
            onChange={(description) => change({ details: { ...details, description } })}
          />
        </div>
      </div>
    </Panel>
  );
}

/** A line of text for which others have stood before. */
function Suggested({
  label,
  wrong,
  value,
  all,
  onChange,
}: {
  readonly label: string;
  readonly wrong: string | null;
  readonly value: string;
  readonly all: readonly string[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <Labelled label={label} hint={null} wrong={wrong}>
      {(names) => (
        <>
          <input
            {...names}
            list={`${names.id}-all`}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5 aria-invalid:border-danger"
          />
          <datalist id={`${names.id}-all`}>
            {all.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        </>
      )}
    </Labelled>
  );
}
