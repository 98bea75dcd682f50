import { type FormEvent, useState } from "react";
import { UPDATE_RINGS, type UpdateRing } from "#domain/updates/rings.ts";
import type { StoreUpdates, UpdatesAnswer } from "#protocol/hq/updates.ts";
import type { Answer, ApiProblem } from "../ask.ts";
import { dateTimeText } from "../format.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { usePolled } from "../use-polled.ts";
import { useWished } from "../use-wished.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { byVersion, draftOf, type PlanDraft, plansOf } from "./updates-draft.ts";

const REFRESH_MS = 5_000;

/** Takes a store to the ring that it is shown with; whether it was done. */
type Move = (store: StoreUpdates) => Promise<boolean>;

/** Which version the tills of each store are to run, and which they do. */
export function UpdatesPanel() {
  const api = useApi();
  const updates = usePolled(api.updates.shown, REFRESH_MS);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function move({ code, ring }: StoreUpdates): Promise<boolean> {
    const answer = await api.updates.putRing(code, ring);
    setProblem(answer.ok ? null : answer.reason);
    updates.reload();
    return answer.ok;
  }

  return (
    <>
      <ProblemNote problem={problem ?? updates.problem} />
      {updates.data !== null && (
        <Panel title={t("updates.title")} className="mt-5">
          <p className="px-5 pt-4 text-soft">{t("updates.lead")}</p>
          <ReadOnlyUnless right="rules.edit">
            <RingsForm
              updates={updates.data}
              save={async (plans) => {
                const answer = await api.updates.putPlans(plans);
                updates.reload();
                return answer;
              }}
            />
            <StoreTable stores={updates.data.stores} onMove={move} />
          </ReadOnlyUnless>
        </Panel>
      )}
    </>
  );
}

function RingsForm({
  updates,
  save,
}: {
  readonly updates: UpdatesAnswer;
  readonly save: (plans: UpdatesAnswer["plans"]) => Promise<Answer<unknown>>;
}) {
  const [draft, setDraft] = useState(() =>
    draftOf(updates.plans, Intl.DateTimeFormat().resolvedOptions().timeZone),
  );
  const saving = useSaving();

  function change(ring: UpdateRing, changes: Partial<PlanDraft>) {
    saving.forget();
    setDraft({ ...draft, [ring]: { ...draft[ring], ...changes } });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const plans = plansOf(draft, Date.parse);
    if (plans === null) saving.complain(t("updates.wrong"));
    else saving.save(() => save(plans));
  }

  return (
    <form onSubmit={submit} className="grid gap-4 px-5 py-4 sm:grid-cols-2">
      {UPDATE_RINGS.map((ring) => (
        <div key={ring} className="contents">
          <TextField
            label={t("updates.version", { ring: t(`updates.ring.${ring}`) })}
            hint={t("updates.versionHint")}
            value={draft[ring].version}
            onChange={(version) => change(ring, { version })}
          />
          <TextField
            label={t("updates.notBefore", { ring: t(`updates.ring.${ring}`) })}
            type="datetime-local"
            value={draft[ring].notBefore}
            onChange={(notBefore) => change(ring, { notBefore })}
          />
        </div>
      ))}
      <SaveRow right="rules.edit" saving={saving} done={t("updates.saved")} label={t("updates.save")} />
    </form>
  );
}

function StoreTable({ stores, onMove }: { readonly stores: readonly StoreUpdates[]; readonly onMove: Move }) {
  return (
    <Table
      label={t("updates.title")}
      columns={[
        { title: t("updates.store") },
        { title: t("updates.ring") },
        { title: t("updates.wanted") },
        { title: t("updates.running") },
      ]}
    >
      {stores.map((store) => (
        <Row key={store.code}>
          <Cell className="font-medium">{store.name}</Cell>
          <Cell>
            <RingSelect store={store} onMove={onMove} />
          </Cell>
          <Cell className="figures">
            {store.wanted === null
              ? t("common.none")
              : `${store.wanted.version} · ${dateTimeText(store.wanted.notBefore)}`}
          </Cell>
          <Cell className="figures">{runningText(store) || t("common.none")}</Cell>
        </Row>
      ))}
    </Table>
  );
}

function RingSelect({ store: saved, onMove }: { readonly store: StoreUpdates; readonly onMove: Move }) {
  const { shown: store, wish } = useWished(saved, onMove);
  return (
    <Select
      label={t("updates.ringOf", { store: store.name })}
      value={store.ring}
      choices={UPDATE_RINGS.map((ring) => ({ value: ring, text: t(`updates.ring.${ring}`) }))}
      onChange={(chosen) => {
        const ring = UPDATE_RINGS.find((each) => each === chosen);
        if (ring !== undefined) void wish({ ...store, ring });
      }}
    />
  );
}

function runningText({ tills }: StoreUpdates): string {
  return byVersion(tills)
    .map(({ version, registers }) =>
      t("updates.tills", {
        version: version ?? t("updates.unknown"),
        registers: registers.map((register) => t("tills.register", { register })).join(", "),
      }),
    )
    .join(" · ");
}
