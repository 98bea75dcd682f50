import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { Attribute } from "#domain/product/catalogue-product.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextField } from "../ui/text-field.tsx";
import { handleFrom, listTyped } from "./product-draft.ts";
import type { SectionProps } from "./product-general.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

const KINDS = ["text", "number", "choice", "yesNo"] as const satisfies readonly Attribute["kind"][];

/** What the retailer says of its products besides what each has. */
export function AttributesSection({
  draft,
  change,
  choices: { attributes },
  wrong,
  onDefined,
}: SectionProps & { readonly onDefined: (attributes: readonly Attribute[]) => void }) {
  const [isDefining, setDefining] = useState(false);
  const put = (id: string, value: string) => change({ values: { ...draft.values, [id]: value } });
  return (
    <Panel
      title={t("product.attributes")}
      aside={<Button onPress={() => setDefining(true)}>{t("product.attributes.define")}</Button>}
    >
      <div className="grid gap-4 p-5 sm:grid-cols-2 xl:grid-cols-1">
        {attributes.length === 0 && <p className="col-span-full text-soft">{t("product.attributes.none")}</p>}
        {attributes.map((attribute) => (
          <AttributeField
            key={attribute.id}
            attribute={attribute}
            value={draft.values[attribute.id] ?? ""}
            wrong={wrong(`attributes.${attribute.id}`)}
            onChange={(value) => put(attribute.id, value)}
          />
        ))}
      </div>
      {isDefining && (
        <DefineSheet known={attributes} onSaved={onDefined} onClose={() => setDefining(false)} />
      )}
    </Panel>
  );
}

function AttributeField({
  attribute: { name, kind, unit, choices },
  value,
  wrong,
  onChange,
}: {
  readonly attribute: Attribute;
  readonly value: string;
  readonly wrong: string | null;
  readonly onChange: (value: string) => void;
}) {
  const label = unit === "" ? name : `${name} (${unit})`;
  if (kind === "text" || kind === "number")
    return <TextField label={label} wrong={wrong} value={value} onChange={onChange} />;
  const all =
    kind === "choice"
      ? [...new Set([...choices, ...(value === "" ? [] : [value])])].map((each) => ({
          value: each,
          text: each,
        }))
      : [
          { value: "true", text: t("product.yes") },
          { value: "false", text: t("product.no") },
        ];
  return (
    <LabelledSelect
      label={label}
      wrong={wrong}
      value={value}
      choices={[{ value: "", text: t("product.notSaid") }, ...all]}
      onChange={onChange}
    />
  );
}

interface Typed {
  readonly id: string | null;
  readonly name: string;
  readonly kind: Attribute["kind"];
  readonly unit: string;
  readonly choices: string;
}

function DefineSheet({
  known,
  onSaved,
  onClose,
}: {
  readonly known: readonly Attribute[];
  readonly onSaved: (attributes: readonly Attribute[]) => void;
  readonly onClose: () => void;
}) {
  const { product } = useApi();
  const saving = useSaving();
  const [typed, setTyped] = useState<readonly Typed[]>(() =>
    known.map(({ choices, ...rest }) => ({ ...rest, choices: choices.join(", ") })),
  );
  const put = (at: number, changes: Partial<Typed>) => {
    saving.forget();
    setTyped(typed.map((each, place) => (place === at ? { ...each, ...changes } : each)));
  };
  return (
    <Sheet title={t("product.attributes.define")} closeLabel={t("common.close")} isWide onClose={onClose}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          // The product's form is around it, and is not what is saved here.
          event.stopPropagation();
          saving.save(async () => {
            const answer = await product.saveAttributes(attributesOf(typed));
            if (answer.ok) onSaved(answer.value.attributes);
            return answer;
          });
        }}
      >
        {typed.map(({ name, kind, unit, choices }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an attribute that is new has nothing but its place
          <div key={at} className="grid items-start gap-3 sm:grid-cols-[2fr_1fr_2fr_auto]">
            <TextField
              label={t("product.attribute.name", { number: at + 1 })}
              value={name}
              onChange={(text) => put(at, { name: text })}
            />
            <LabelledSelect
              label={t("product.attribute.kind", { number: at + 1 })}
              value={kind}
              choices={KINDS.map((value) => ({ value, text: t(`product.attribute.${value}`) }))}
              onChange={(chosen) => put(at, { kind: chosen })}
            />
            {kind === "number" && (
              <TextField
                label={t("product.attribute.unit", { number: at + 1 })}
                value={unit}
                onChange={(text) => put(at, { unit: text })}
              />
            )}
            {kind === "choice" && (
              <TextField
                label={t("product.attribute.choices", { number: at + 1 })}
                value={choices}
                onChange={(text) => put(at, { choices: text })}
              />
            )}
            {(kind === "text" || kind === "yesNo") && <span />}
            <Button
              look="quiet"
              className="mt-6 px-2.5"
              aria-label={t("product.attribute.remove", { number: at + 1 })}
              onPress={() => setTyped(typed.toSpliced(at, 1))}
            >
              <X aria-hidden size={18} />
            </Button>
          </div>
        ))}
        <Button
          onPress={() => setTyped([...typed, { id: null, name: "", kind: "text", unit: "", choices: "" }])}
        >
          <Plus aria-hidden size={18} />
          {t("product.attribute.add")}
        </Button>
        <SaveRow saving={saving} done={t("product.attributes.saved")} />
      </form>
    </Sheet>
  );
}

/** Those without a name are left out; a new one is known by its name ever after. */
function attributesOf(typed: readonly Typed[]): readonly Attribute[] {
  const taken = new Set(typed.map(({ id }) => id));
  return typed
    .filter(({ name }) => name.trim() !== "")
    .map(({ id, name, kind, unit, choices }, at) => {
      const plain = handleFrom(name).replace(/[^a-z0-9-]/g, "") || "attribute";
      const own = id ?? (taken.has(plain) ? `${plain}-${at}` : plain);
      taken.add(own);
      return {
        id: own,
        name: name.trim(),
        kind,
        unit: kind === "number" ? unit.trim() : "",
        choices: kind === "choice" ? [...new Set(listTyped(choices))] : [],
      };
    });
}
