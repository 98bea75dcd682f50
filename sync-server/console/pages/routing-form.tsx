import { useState } from "react";
import {
  type RetailerRules,
  ROUTING_RULES,
  SILENT_RULES,
  SPLIT_RULES,
} from "#domain/orders/retailer-rules.ts";
import type { Answer } from "../ask.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { OrderedList } from "../ui/ordered-list.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { ORDERED_WORDS } from "./ordered-words.ts";
import { percentOf, ppmOf } from "./routing-draft.ts";
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
      <ReadOnlyUnless right="rules.edit">
        <form
          className="grid gap-6 px-5 py-4 lg:grid-cols-2"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <div>
            <p className="mb-2 text-soft">{t("rules.routingLead")}</p>
            <OrderedList
              label={t("rules.order")}
              members={routing}
              all={ROUTING_RULES}
              nameOf={(rule) => t(`rules.rule.${rule}`)}
              words={ORDERED_WORDS}
              onChange={(members) => change({ routing: members })}
            />
          </div>
          <div className="space-y-4">
            <LabelledSelect
              label={t("rules.split")}
              value={draft.split}
              choices={SPLIT_RULES.map((value) => ({ value, text: t(`rules.split.${value}`) }))}
              onChange={(split) => change({ split })}
            />
            <LabelledSelect
              label={t("rules.silent")}
              value={draft.silentStores}
              choices={SILENT_RULES.map((value) => ({ value, text: t(`rules.silent.${value}`) }))}
              onChange={(silentStores) => change({ silentStores })}
            />
            <TextField label={t("rules.placed")} value={placed} onChange={typed(setPlaced)} />
            <TextField
              label={t("rules.fulfilled")}
              hint={t("rules.sharesHint")}
              value={fulfilled}
              onChange={typed(setFulfilled)}
            />
          </div>
          <SaveRow right="rules.edit" saving={saving} done={t("rules.saved")} />
        </form>
      </ReadOnlyUnless>
    </Panel>
  );
}
