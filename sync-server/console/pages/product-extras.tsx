import { useCallback, useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { KnownExtras } from "#protocol/hq/prices.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { type ExtrasDraft, extrasDraftOf, extrasRequestOf, LINK_KINDS } from "./extras-draft.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";

const SOLD_BY = ["piece", "weight", "openPrice"] as const satisfies readonly ExtrasDraft["soldBy"][];

/** How a product is sold, what is charged with it, and what one of its articles holds and costs. */
export function ProductExtras({
  handle,
  sku,
  onSaved,
}: {
  readonly handle: string;
  readonly sku: string;
  readonly onSaved: () => void;
}) {
  const { prices } = useApi();
  const { known, problem } = useAskedOnce(useCallback(() => prices.extras(handle), [prices, handle]));
  if (known === null) return <ProblemNote problem={problem} />;
  return <ExtrasForm known={known} handle={handle} sku={sku} onSaved={onSaved} />;
}

function ExtrasForm({
  known,
  handle,
  sku: article,
  onSaved,
}: {
  readonly known: KnownExtras;
  readonly handle: string;
  readonly sku: string;
  readonly onSaved: () => void;
}) {
  const { prices } = useApi();
  const sku = idOf<"Sku">(article);
  const [before, setBefore] = useState(() => extrasDraftOf(known, sku));
  const [draft, setDraft] = useState(before);
  const saving = useSaving();
  const change = (changes: Partial<ExtrasDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };

  function save(): void {
    const request = extrasRequestOf(draft, { before, known, sku });
    if (!request.ok) {
      saving.complain(t(`extras.${request.reason}`));
      return;
    }
    saving.save(async () => {
      const answer = await prices.saveExtras(handle, request.value);
      if (answer.ok) {
        setBefore(draft);
        onSaved();
      }
      return answer;
    });
  }

  return (
    <form
      className="mt-6 grid gap-4 border-line border-t pt-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h3 className="col-span-full font-semibold">{t("extras.title")}</h3>
      <LabelledSelect
        label={t("extras.soldBy")}
        value={draft.soldBy}
        choices={SOLD_BY.map((value) => ({ value, text: t(`extras.soldBy.${value}`) }))}
        onChange={(soldBy) => change({ soldBy })}
      />
      <LabelledSelect
        label={t("extras.taxClass")}
        value={draft.taxClass}
        choices={known.taxClasses.map(({ id, name }) => ({ value: id as string, text: name }))}
        onChange={(taxClass) => change({ taxClass })}
      />
      {LINK_KINDS.map((kind) => (
        <TextField
          key={kind}
          label={t(`extras.${kind}`)}
          hint={kind === "deposit" ? t("extras.links.hint") : null}
          value={draft.links[kind]}
          onChange={(text) => change({ links: { ...draft.links, [kind]: text } })}
        />
      ))}
      <TextField
        label={t("extras.content", { sku })}
        hint={t("extras.content.hint")}
        value={draft.content}
        onChange={(content) => change({ content })}
      />
      <TextField
        label={t("extras.cost", { sku, currency: known.currency })}
        value={draft.cost}
        onChange={(cost) => change({ cost })}
      />
      <SaveRow saving={saving} done={t("extras.saved")} label={t("extras.save")} />
    </form>
  );
}
