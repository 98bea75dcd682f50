import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { Proposal } from "#protocol/hq/replenish.ts";
import { numberText } from "../format.ts";
import { OnceIds } from "../once-ids.ts";
import { useApi } from "../signed-in.ts";
import { t, tCount } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { deliveryOf, givingStores, type OrderDraft, SUPPLIER, type TypedPieces } from "./replenish-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

/** Orders what is taken, from a supplier or another store: it is expected from then on. */
export function ReplenishOrder({
  to,
  taken,
  typed,
  onOrdered,
}: {
  readonly to: string;
  readonly taken: readonly Proposal[];
  readonly typed: TypedPieces;
  readonly onOrdered: (reference: string) => void;
}) {
  const { deliveries } = useApi();
  const [draft, setDraft] = useState<OrderDraft>({ from: SUPPLIER, supplier: "", expectedOn: "" });
  const [ids] = useState(() => new OnceIds());
  const saving = useSaving();
  const giving = givingStores(taken);
  // A store that can spare nothing of what is taken any more sends nothing.
  const from = giving.some(({ store }) => store === draft.from) ? draft.from : SUPPLIER;
  const change = (changes: Partial<OrderDraft>) => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  if (taken.length === 0) return null;

  function order(): void {
    const wanted = deliveryOf(taken, { to, draft: { ...draft, from }, typed });
    if (wanted === null) {
      saving.complain(
        t(from === SUPPLIER && draft.supplier.trim() === "" ? "replenish.who" : "replenish.wrong"),
      );
      return;
    }
    const once = { ids, wish: [JSON.stringify(wanted)], inDoubt: t("deliveries.inDoubt") };
    saving.saveOnce(once, async (id) => {
      const answer = await deliveries.want({ ...wanted, id: idOf<"Delivery">(id) });
      if (answer.ok) onOrdered(answer.value.row.reference);
      return answer;
    });
  }

  return (
    <Panel className="mt-4">
      <form
        className="grid items-end gap-4 p-5 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          order();
        }}
      >
        <LabelledSelect
          label={t("replenish.from")}
          hint={from === SUPPLIER ? null : t("replenish.spareOnly")}
          value={from}
          choices={[
            { value: SUPPLIER, text: t("replenish.fromSupplier") },
            ...giving.map(({ store, articles }) => ({
              value: store,
              text: t("replenish.fromStore", { store, count: numberText(articles) }),
            })),
          ]}
          onChange={(next) => change({ from: next })}
        />
        {from === SUPPLIER && (
          <TextField
            label={t("deliveries.supplier")}
            value={draft.supplier}
            onChange={(supplier) => change({ supplier })}
          />
        )}
        <TextField
          label={t("replenish.expectedOn")}
          type="date"
          value={draft.expectedOn}
          onChange={(expectedOn) => change({ expectedOn })}
        />
        <SaveRow saving={saving} done="" label={tCount("replenish.accept", taken.length)} />
      </form>
    </Panel>
  );
}
