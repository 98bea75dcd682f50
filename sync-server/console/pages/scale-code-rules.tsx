import { useState } from "react";
import { isWholeScaleCode, type ScaleCode } from "#domain/product/scale-label.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { wholeNumber } from "./typed.ts";

/** A layout as it is typed. */
interface Typed {
  /** Tells layouts apart while they are typed. */
  readonly key: number;
  readonly prefix: string;
  readonly itemDigits: string;
  readonly value: ScaleCode["value"];
  readonly valueDigits: string;
  readonly decimals: string;
  readonly hasPriceCheckDigit: boolean;
}

const NEW: Omit<Typed, "key"> = {
  prefix: "",
  itemDigits: "5",
  value: "price",
  valueDigits: "5",
  decimals: "2",
  hasPriceCheckDigit: false,
};

/** How the scales of all stores print labels. */
export function ScaleCodeRules() {
  const api = useApi();
  const { known, problem } = useAskedOnce(api.scaleCodes);
  return (
    <>
      <ProblemNote problem={problem} />
      {known !== null && <CodesForm codes={known.codes} onSave={api.saveScaleCodes} />}
    </>
  );
}

function CodesForm({
  codes,
  onSave,
}: {
  readonly codes: readonly ScaleCode[];
  readonly onSave: (codes: readonly ScaleCode[]) => Promise<Answer<unknown>>;
}) {
  const [typed, setTyped] = useState<readonly Typed[]>(codes.map(asTyped));
  const saving = useSaving();
  const change = (next: readonly Typed[]) => {
    setTyped(next);
    saving.forget();
  };

  function save(): void {
    const read = typed.map(asCode);
    const wrong = read.findIndex((code) => code === null || !isWholeScaleCode(code));
    if (wrong !== -1) saving.complain(t("scaleCodes.wrong", { number: wrong + 1 }));
    else saving.save(() => onSave(read.filter((code) => code !== null)));
  }

  return (
    <Panel title={t("scaleCodes.title")}>
      <ReadOnlyUnless right="rules.edit">
        <form
          className="grid gap-4 px-5 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          {typed.length === 0 && <p className="text-soft">{t("scaleCodes.none")}</p>}
          {typed.map((each, index) => (
            <Layout
              key={each.key}
              number={index + 1}
              typed={each}
              onChange={(changes) =>
                change(typed.map((other) => (other === each ? { ...each, ...changes } : other)))
              }
              onRemove={() => change(typed.filter((other) => other !== each))}
            />
          ))}
          <div>
            <Button onPress={() => change([...typed, { ...NEW, key: freeKey(typed) }])}>
              {t("scaleCodes.add")}
            </Button>
          </div>
          <SaveRow right="rules.edit" saving={saving} done={t("scaleCodes.saved")} />
        </form>
      </ReadOnlyUnless>
    </Panel>
  );
}

function Layout({
  number,
  typed,
  onChange,
  onRemove,
}: {
  readonly number: number;
  readonly typed: Typed;
  readonly onChange: (changes: Partial<Typed>) => void;
  readonly onRemove: () => void;
}) {
  return (
    <fieldset className="grid gap-4 border-line border-b pb-4 sm:grid-cols-3 xl:grid-cols-5">
      <legend className="mb-2 font-semibold">{t("scaleCodes.layout", { number })}</legend>
      <TextField
        label={t("scaleCodes.prefix")}
        value={typed.prefix}
        onChange={(prefix) => onChange({ prefix: prefix.trim() })}
      />
      <TextField
        label={t("scaleCodes.itemDigits")}
        value={typed.itemDigits}
        onChange={(itemDigits) => onChange({ itemDigits })}
      />
      <LabelledSelect
        label={t("scaleCodes.value")}
        value={typed.value}
        choices={[
          { value: "price", text: t("scaleCodes.value.price") },
          { value: "weight", text: t("scaleCodes.value.weight") },
        ]}
        onChange={(value) => onChange({ value })}
      />
      <TextField
        label={t("scaleCodes.valueDigits")}
        value={typed.valueDigits}
        onChange={(valueDigits) => onChange({ valueDigits })}
      />
      <TextField
        label={t("scaleCodes.decimals")}
        value={typed.decimals}
        onChange={(decimals) => onChange({ decimals })}
      />
      <Check
        label={t("scaleCodes.check")}
        checked={typed.hasPriceCheckDigit}
        onChange={(hasPriceCheckDigit) => onChange({ hasPriceCheckDigit })}
      />
      <Button onPress={onRemove}>{t("scaleCodes.remove", { number })}</Button>
    </fieldset>
  );
}

function freeKey(typed: readonly Typed[]): number {
  return Math.max(0, ...typed.map(({ key }) => key)) + 1;
}

function asTyped({ itemDigits, valueDigits, decimals, ...code }: ScaleCode, key: number): Typed {
  return {
    ...code,
    key,
    itemDigits: String(itemDigits),
    valueDigits: String(valueDigits),
    decimals: String(decimals),
  };
}

/** Null where a number is none. */
function asCode({ key: _, itemDigits, valueDigits, decimals, ...typed }: Typed): ScaleCode | null {
  const [item, value, point] = [itemDigits, valueDigits, decimals].map(wholeNumber);
  if (item == null || value == null || point == null || !/^\d+$/.test(typed.prefix)) return null;
  return { ...typed, itemDigits: item, valueDigits: value, decimals: point };
}
