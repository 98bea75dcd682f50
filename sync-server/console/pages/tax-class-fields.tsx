import { CalendarPlus, Plus, X } from "lucide-react";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/text-field.tsx";
import type { PlannedDraft, RateDraft, TaxDraft } from "./tax-draft.ts";

type ClassDraft = TaxDraft["classes"][number];

/** One tax class: its rates of now, and those that begin on days to come. */
export function ClassFields({
  taxClass: { id, name, rates, planned, isKnown },
  onChange,
  onRemove,
}: {
  readonly taxClass: ClassDraft;
  readonly onChange: (changes: Partial<ClassDraft>) => void;
  readonly onRemove: () => void;
}) {
  const editPlan = (key: string, changes: Partial<PlannedDraft>) =>
    onChange({ planned: planned.map((each) => (each.key === key ? { ...each, ...changes } : each)) });
  const plan = () =>
    onChange({
      planned: [...planned, { key: crypto.randomUUID(), from: "", rates: lastOf(rates, planned) }],
    });
  return (
    <fieldset className="space-y-3 rounded-xl border border-line p-4">
      <legend className="px-1 font-medium">{name === "" ? t("stores.tax.newClass") : name}</legend>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          label={t("stores.tax.className")}
          value={name}
          onChange={(typed) => onChange({ name: typed })}
        />
        <span className="figures pb-3 text-soft text-sm">{id}</span>
        {!isKnown && (
          <Button look="quietDanger" onPress={onRemove}>
            {t("stores.tax.removeClass")}
          </Button>
        )}
      </div>
      <RateFields stem={id} rates={rates} onChange={(changed) => onChange({ rates: changed })} />
      {planned.map(({ key, from, rates: then }) => (
        <section
          key={key}
          aria-label={from === "" ? t("stores.tax.plan") : t("stores.tax.planOf", { name, day: from })}
          className="space-y-3 rounded-xl bg-sunken p-4"
        >
          <div className="flex flex-wrap items-end gap-3">
            <TextField
              label={t("stores.tax.from")}
              hint={t("stores.tax.from.hint")}
              type="date"
              value={from}
              onChange={(typed) => editPlan(key, { from: typed })}
            />
            <Button
              look="quietDanger"
              onPress={() => onChange({ planned: planned.filter((each) => each.key !== key) })}
            >
              {t("stores.tax.removePlan")}
            </Button>
          </div>
          <RateFields stem={id} rates={then} onChange={(changed) => editPlan(key, { rates: changed })} />
        </section>
      ))}
      {isKnown && (
        <Button look="quiet" onPress={plan}>
          <CalendarPlus aria-hidden size={17} />
          {t("stores.tax.plan")}
        </Button>
      )}
    </fieldset>
  );
}

/** What holds last so far is what one changes. */
function lastOf(rates: readonly RateDraft[], planned: readonly PlannedDraft[]): readonly RateDraft[] {
  return planned.at(-1)?.rates ?? rates;
}

function RateFields({
  stem,
  rates,
  onChange,
}: {
  readonly stem: string;
  readonly rates: readonly RateDraft[];
  readonly onChange: (rates: readonly RateDraft[]) => void;
}) {
  const edit = (rate: string, changes: Partial<RateDraft>) =>
    onChange(rates.map((each) => (each.id === rate ? { ...each, ...changes } : each)));
  return (
    <>
      {rates.map((rate) => (
        <div key={rate.id} className="flex flex-wrap items-end gap-3">
          <TextField
            label={t("stores.tax.rateName")}
            value={rate.name}
            onChange={(typed) => edit(rate.id, { name: typed })}
          />
          <TextField
            label={t("stores.tax.percent")}
            value={rate.percent}
            onChange={(percent) => edit(rate.id, { percent })}
          />
          <Button
            look="quiet"
            className="px-2.5"
            aria-label={t("stores.tax.removeRate", { name: rate.name })}
            onPress={() => onChange(rates.filter((each) => each.id !== rate.id))}
          >
            <X aria-hidden size={18} />
          </Button>
        </div>
      ))}
      <Button
        look="quiet"
        onPress={() => onChange([...rates, { id: freshId(`${stem}-rate`, rates), name: "", percent: "" }])}
      >
        <Plus aria-hidden size={17} />
        {t("stores.tax.addRate")}
      </Button>
    </>
  );
}

/** An id that none of these has. */
export function freshId(stem: string, known: readonly { readonly id: string }[]): string {
  const ids = known.map(({ id }) => id);
  let number = known.length + 1;
  while (ids.includes(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}
