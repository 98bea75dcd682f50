import { ArrowDown, ArrowUp, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { RoutingRule } from "#domain/orders/policy.ts";
import {
  type RetailerRules,
  ROUTING_RULES,
  SILENT_RULES,
  SPLIT_RULES,
} from "#domain/orders/retailer-rules.ts";
import type { Answer } from "../api.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { moved, percentOf, ppmOf } from "./routing-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

/** How the next order is routed and credited; the same in every store. */
export function RoutingForm({
  rules,
  onSave,
}: {
  readonly rules: RetailerRules;
  readonly onSave: (rules: RetailerRules) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState(rules);
  const [placed, setPlaced] = useState(percentOf(rules.attribution.placedPpm));
  const [fulfilled, setFulfilled] = useState(percentOf(rules.attribution.fulfilledPpm));
  const saving = useSaving();
  const { routing } = draft;
  const change = (changes: Partial<RetailerRules>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };

  const typed =
    (set: (text: string) => void) =>
    (text: string): void => {
      set(text);
      saving.forget();
    };

  function save(): void {
    const placedPpm = ppmOf(placed);
    const fulfilledPpm = ppmOf(fulfilled);
    if (placedPpm === null || fulfilledPpm === null) saving.complain(t("rules.badShare"));
    else saving.save(() => onSave({ ...draft, attribution: { placedPpm, fulfilledPpm } }));
  }

  return (
    <Panel title={t("rules.routing")} className="mb-5">
      <form
        className="grid gap-6 px-5 py-4 lg:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div>
          <p className="mb-2 text-soft">{t("rules.routingLead")}</p>
          <ol aria-label={t("rules.order")} className="space-y-2">
            {routing.map((rule, place) => (
              <RuleLine
                key={rule}
                rule={rule}
                place={place}
                isLast={place === routing.length - 1}
                onMove={(by) => change({ routing: moved(routing, place, by) })}
                onRemove={() => change({ routing: routing.filter((each) => each !== rule) })}
              />
            ))}
          </ol>
          <div className="mt-3 flex flex-wrap gap-2">
            {ROUTING_RULES.filter((rule) => !routing.includes(rule)).map((rule) => (
              <Button key={rule} onPress={() => change({ routing: [...routing, rule] })}>
                {t("rules.add", { rule: t(`rules.rule.${rule}`) })}
              </Button>
            ))}
          </div>
        </div>
        <div className="space-y-4">
          <Labelled label={t("rules.split")}>
            <Select
              label={t("rules.split")}
              value={draft.split}
              choices={SPLIT_RULES.map((value) => ({ value, text: t(`rules.split.${value}`) }))}
              onChange={(value) =>
                change({ split: SPLIT_RULES.find((each) => each === value) ?? draft.split })
              }
            />
          </Labelled>
          <Labelled label={t("rules.silent")}>
            <Select
              label={t("rules.silent")}
              value={draft.silentStores}
              choices={SILENT_RULES.map((value) => ({ value, text: t(`rules.silent.${value}`) }))}
              onChange={(value) =>
                change({ silentStores: SILENT_RULES.find((each) => each === value) ?? draft.silentStores })
              }
            />
          </Labelled>
          <TextField label={t("rules.placed")} value={placed} onChange={typed(setPlaced)} />
          <TextField
            label={t("rules.fulfilled")}
            hint={t("rules.sharesHint")}
            value={fulfilled}
            onChange={typed(setFulfilled)}
          />
        </div>
        <SaveRow saving={saving} done={t("rules.saved")} />
      </form>
    </Panel>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <p aria-hidden className="mb-1 font-medium text-sm">
        {label}
      </p>
      {children}
    </div>
  );
}

function RuleLine({
  rule,
  place,
  isLast,
  onMove,
  onRemove,
}: {
  readonly rule: RoutingRule;
  readonly place: number;
  readonly isLast: boolean;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
}) {
  const name = t(`rules.rule.${rule}`);
  return (
    <li className="flex items-center gap-2 rounded-xl border border-line py-1 pr-1 pl-3.5">
      <span className="figures w-5 shrink-0 text-soft">{place + 1}</span>
      <span className="mr-auto font-medium">{name}</span>
      <Button
        look="quiet"
        className="px-2.5"
        aria-label={t("rules.up", { rule: name })}
        isDisabled={place === 0}
        onPress={() => onMove(-1)}
      >
        <ArrowUp aria-hidden size={18} />
      </Button>
      <Button
        look="quiet"
        className="px-2.5"
        aria-label={t("rules.down", { rule: name })}
        isDisabled={isLast}
        onPress={() => onMove(1)}
      >
        <ArrowDown aria-hidden size={18} />
      </Button>
      <Button
        look="quiet"
        className="px-2.5"
        aria-label={t("rules.remove", { rule: name })}
        onPress={onRemove}
      >
        <X aria-hidden size={18} />
      </Button>
    </li>
  );
}
