import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ImageHash } from "#domain/ids.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { t, tCount } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { listTyped, madeVariants, type ProductDraft, type VariantDraft } from "./product-draft.ts";
import type { SectionProps } from "./product-general.tsx";

const MAX_OPTIONS = 3;
const EDITORS = { right: "catalogue.edit", everywhere: true } as const;
/** More are shown when one asks. */
const SHOWN_AT_ONCE = 100;

/** The forms that a product is sold in: made of the values of its options, each with its codes. */
export function VariantsSection({ draft, change, wrong }: SectionProps) {
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const { variants } = draft;
  const put = (at: number, changes: Partial<VariantDraft>) =>
    change({ variants: variants.map((each, place) => (place === at ? { ...each, ...changes } : each)) });
  const all = wrong("variants");
  return (
    <Panel
      title={t("product.variants")}
      aside={<span className="figures text-soft">{tCount("common.variants", variants.length)}</span>}
    >
      <May {...EDITORS}>
        <OptionsForm key={draft.product.optionNames.length} draft={draft} change={change} />
      </May>
      {all !== null && (
        <p role="alert" className="px-5 pb-3 text-danger">
          {all}
        </p>
      )}
      <ReadOnlyUnless {...EDITORS}>
        <Table
          label={t("product.variants")}
          columns={[
            { title: t("product.variants") },
            { title: t("product.sku") },
            { title: t("product.gtins") },
            { title: t("product.content") },
            { title: t("product.picture") },
            { title: "" },
          ]}
        >
          {variants.slice(0, shown).map((variant, at) => (
            <VariantRow
              key={variant.id}
              variant={variant}
              pictures={draft.details.pictures.map(({ till }) => till)}
              wrong={(field) => wrong(`variants.${at}.${field}`)}
              onChange={(changes) => put(at, changes)}
              onRemove={
                variants.length === 1
                  ? null
                  : () => change({ variants: variants.filter((each) => each.id !== variant.id) })
              }
            />
          ))}
        </Table>
      </ReadOnlyUnless>
      {variants.length > shown && (
        <div className="p-4 text-center">
          <Button onPress={() => setShown(shown + SHOWN_AT_ONCE)}>{t("common.more")}</Button>
        </div>
      )}
    </Panel>
  );
}

function VariantRow({
  variant,
  pictures,
  wrong,
  onChange,
  onRemove,
}: {
  readonly variant: VariantDraft;
  readonly pictures: readonly ImageHash[];
  readonly wrong: (field: string) => string | null;
  readonly onChange: (changes: Partial<VariantDraft>) => void;
  readonly onRemove: (() => void) | null;
}) {
  const name = variantLabel(variant.options) || variant.sku || t("product.oneVariant");
  const field = (key: "sku" | "gtins" | "content") => (
    <CellField
      label={t("product.variantField", { field: t(`product.${key}`), variant: name })}
      wrong={wrong(key)}
      value={variant[key]}
      onChange={(value) => onChange({ [key]: value })}
    />
  );
  return (
    <Row className="align-top">
      <Cell className="pt-4.5 font-medium">
        {name}
        {wrong("options") !== null && <span className="block text-danger text-sm">{wrong("options")}</span>}
      </Cell>
      <Cell>{field("sku")}</Cell>
      <Cell>{field("gtins")}</Cell>
      <Cell className="w-32">{field("content")}</Cell>
      <Cell>
        <Select
          label={t("product.variantField", { field: t("product.picture"), variant: name })}
          value={variant.image ?? ""}
          choices={[
            { value: "", text: t("product.noPicture") },
            ...pictures.map((hash, at) => ({
              value: hash,
              text: t("product.pictureNumber", { number: at + 1 }),
            })),
          ]}
          onChange={(hash) => onChange({ image: pictures.find((each) => each === hash) ?? null })}
        />
      </Cell>
      <Cell align="right">
        {onRemove !== null && (
          <Button
            look="quiet"
            className="px-2.5"
            aria-label={t("product.removeVariant", { variant: name })}
            onPress={onRemove}
          >
            <Trash2 aria-hidden size={18} />
          </Button>
        )}
      </Cell>
    </Row>
  );
}

function CellField({
  label,
  wrong,
  value,
  onChange,
}: {
  readonly label: string;
  readonly wrong: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <>
      <input
        aria-label={label}
        aria-invalid={wrong === null ? undefined : true}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-10 w-full min-w-24 rounded-lg border border-line bg-surface px-2.5 aria-invalid:border-danger"
      />
      {wrong !== null && <span className="block text-danger text-sm">{wrong}</span>}
    </>
  );
}

/** The names and values of the options, of which the variants are made. */
function OptionsForm({ draft, change }: Pick<SectionProps, "draft" | "change">) {
  const [names, setNames] = useState<readonly string[]>(draft.product.optionNames);
  const [values, setValues] = useState<readonly string[]>(() => valuesOf(draft));
  const isComplete =
    names.length > 0 &&
    names.every((name, at) => name.trim() !== "" && listTyped(values[at] ?? "").length > 0);

  function make(): void {
    change({
      product: { ...draft.product, optionNames: names.map((name) => name.trim()) },
      variants: madeVariants(
        draft.variants,
        names.map((_, at) => [...new Set(listTyped(values[at] ?? ""))]),
        { handle: draft.product.handle, newId: () => crypto.randomUUID() },
      ),
    });
  }

  return (
    <div className="grid gap-4 p-5 sm:grid-cols-[1fr_2fr]">
      {names.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place
        <div key={at} className="contents">
          <TextField
            label={t("product.optionName", { number: at + 1 })}
            value={name}
            onChange={(typed) => setNames(names.with(at, typed))}
          />
          <TextField
            label={t("product.optionValues", { number: at + 1 })}
            hint={t("product.optionValues.hint")}
            value={values[at] ?? ""}
            onChange={(typed) =>
              setValues(names.map((_, place) => (place === at ? typed : (values[place] ?? ""))))
            }
          />
        </div>
      ))}
      <div className="flex flex-wrap gap-3 sm:col-span-2">
        {names.length < MAX_OPTIONS && (
          <Button onPress={() => setNames([...names, ""])}>
            <Plus aria-hidden size={18} />
            {t("product.addOption")}
          </Button>
        )}
        {names.length > 0 && (
          <Button isDisabled={!isComplete} onPress={make}>
            {t("product.makeVariants")}
          </Button>
        )}
      </div>
    </div>
  );
}

function valuesOf({ product, variants }: ProductDraft): readonly string[] {
  return product.optionNames.map((_, at) =>
    [...new Set(variants.map(({ options }) => options[at] ?? ""))].filter((each) => each !== "").join(", "),
  );
}
