import { Plus, X } from "lucide-react";
import { MAX_TIERS } from "#domain/loyalty/programme.ts";
import type { LoyaltyAnswer } from "#protocol/hq/loyalty.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { FieldGroup } from "../ui/field-group.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { CategoryFields } from "./category-fields.tsx";
import type { LoyaltyDraft, TierDraft } from "./loyalty-draft.ts";

interface FieldsProps {
  readonly draft: LoyaltyDraft;
  readonly currency: string;
  readonly onChange: (changes: Partial<LoyaltyDraft>) => void;
}

/** Everything that a loyalty programme says, to be typed. */
export function LoyaltyFields({
  categories,
  groups,
  ...props
}: FieldsProps & {
  readonly categories: readonly string[];
  readonly groups: LoyaltyAnswer["groups"];
}) {
  const { draft, onChange } = props;
  return (
    <>
      <div className="col-span-full max-w-md">
        <TextField label={t("loyalty.name")} value={draft.name} onChange={(name) => onChange({ name })} />
      </div>
      <Earning {...props} categories={categories} />
      <Burning {...props} />
      <Tiers {...props} groups={groups} />
    </>
  );
}

function Earning({
  draft,
  currency,
  categories,
  onChange,
}: FieldsProps & { readonly categories: readonly string[] }) {
  return (
    <FieldGroup title={t("loyalty.earn")}>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t("loyalty.points")}
          value={draft.earnPoints}
          onChange={(earnPoints) => onChange({ earnPoints })}
        />
        <TextField
          label={t("loyalty.perIn", { currency })}
          value={draft.per}
          onChange={(per) => onChange({ per })}
        />
      </div>
      <p className="text-soft text-sm">{t("loyalty.earn.hint")}</p>
      <CategoryFields
        words={{
          title: t("loyalty.categories"),
          add: t("loyalty.addCategory"),
          hint: t("loyalty.factor.hint"),
          choose: t("loyalty.chooseCategory"),
          fieldOf: ({ category }) => t("loyalty.factorOf", { category }),
          remove: ({ category }) => t("loyalty.noFactor", { category }),
        }}
        categories={categories}
        rows={draft.categories}
        first="2"
        typedIn={({ factor }) => factor}
        rowOf={(category, factor) => ({ category, factor })}
        onChange={(chosen) => onChange({ categories: chosen })}
      />
    </FieldGroup>
  );
}

function Burning({ draft, currency, onChange }: FieldsProps) {
  return (
    <FieldGroup title={t("loyalty.burn")}>
      <Check
        label={t("loyalty.mayBurn")}
        checked={draft.mayBurn}
        onChange={(mayBurn) => onChange({ mayBurn })}
      />
      {draft.mayBurn && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label={t("loyalty.burnPoints")}
            value={draft.burnPoints}
            onChange={(burnPoints) => onChange({ burnPoints })}
          />
          <TextField
            label={t("loyalty.worthIn", { currency })}
            value={draft.worth}
            onChange={(worth) => onChange({ worth })}
          />
          <TextField
            label={t("loyalty.least")}
            value={draft.least}
            onChange={(least) => onChange({ least })}
          />
          <TextField
            label={t("loyalty.most")}
            hint={t("loyalty.most.hint")}
            value={draft.most}
            onChange={(most) => onChange({ most })}
          />
        </div>
      )}
      <TextField
        label={t("loyalty.expires")}
        hint={t("loyalty.expires.hint")}
        value={draft.months}
        onChange={(months) => onChange({ months })}
      />
    </FieldGroup>
  );
}

const NEW_TIER: TierDraft = { name: "", from: "", factor: "1", group: "" };

function Tiers({
  draft: { tiers },
  groups,
  onChange,
}: FieldsProps & { readonly groups: LoyaltyAnswer["groups"] }) {
  const change = (place: number, tier: TierDraft, changes: Partial<TierDraft>) =>
    onChange({ tiers: tiers.with(place, { ...tier, ...changes }) });
  return (
    <FieldGroup title={t("loyalty.tiers")} className="col-span-full">
      <ul className="space-y-3">
        {tiers.map((tier, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tier that is being typed has no name to tell it by
          <li key={place} className="grid items-end gap-3 sm:grid-cols-[2fr_1fr_1fr_2fr_auto]">
            <TextField
              label={t("loyalty.tier.name", { place: place + 1 })}
              value={tier.name}
              onChange={(name) => change(place, tier, { name })}
            />
            <TextField
              label={t("loyalty.tier.from")}
              value={tier.from}
              onChange={(from) => change(place, tier, { from })}
            />
            <TextField
              label={t("loyalty.tier.factor")}
              value={tier.factor}
              onChange={(factor) => change(place, tier, { factor })}
            />
            <LabelledSelect
              label={t("loyalty.tier.group")}
              value={tier.group}
              choices={[
                { value: "", text: t("loyalty.tier.noGroup") },
                ...groups.map(({ id, name }) => ({ value: String(id), text: name })),
              ]}
              onChange={(group) => change(place, tier, { group })}
            />
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={t("loyalty.tier.remove", { name: tier.name })}
              onPress={() => onChange({ tiers: tiers.toSpliced(place, 1) })}
            >
              <X aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ul>
      {tiers.length < MAX_TIERS && (
        <Button look="quiet" onPress={() => onChange({ tiers: [...tiers, NEW_TIER] })}>
          <Plus aria-hidden size={18} /> {t("loyalty.addTier")}
        </Button>
      )}
    </FieldGroup>
  );
}
