import { useState } from "react";
import type { EditOrderRequest, OrderDetail } from "#protocol/hq/orders.ts";
import type { Answer } from "../ask.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { type OrderDraft, orderDraftOf, orderEditOf } from "./order-draft.ts";
import { Complaint, useSaving } from "./save-row.tsx";

/** What of an order can be changed while it is on its way: whose it is, where it goes, how much of it, how long it is kept. */
export function OrderEditForm({
  order,
  onSubmit,
  onCancel,
}: {
  readonly order: OrderDetail;
  readonly onSubmit: (edit: EditOrderRequest) => Promise<Answer<OrderDetail>>;
  readonly onCancel: () => void;
}) {
  // What is different from how it was opened is what is wanted: what tills and others did of it meanwhile stays as they did it.
  const [opened] = useState(order);
  const [draft, setDraft] = useState(() => orderDraftOf(opened));
  const saving = useSaving();
  const edit = orderEditOf(opened, draft);
  const set = (change: Partial<OrderDraft>) => setDraft({ ...draft, ...change });

  return (
    <form
      className="mt-5 space-y-4 rounded-2xl bg-sunken p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (edit !== null) saving.save(() => onSubmit(edit));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField label={t("orders.edit.name")} value={draft.name} onChange={(name) => set({ name })} />
        <TextField label={t("orders.edit.email")} value={draft.email} onChange={(email) => set({ email })} />
        <TextField label={t("orders.edit.phone")} value={draft.phone} onChange={(phone) => set({ phone })} />
      </div>
      {draft.address !== null && <AddressFields draft={draft} address={draft.address} onSet={set} />}
      <TextArea label={t("orders.edit.note")} value={draft.note} onChange={(note) => set({ note })} />
      <PiecesFields order={opened} draft={draft} onSet={set} />
      {draft.keep.map(({ fulfilment, store, until }) => (
        <TextField
          key={fulfilment}
          label={t("orders.edit.keep", { store })}
          type="datetime-local"
          value={until}
          onChange={(typed) =>
            set({
              keep: draft.keep.map((each) =>
                each.fulfilment === fulfilment ? { ...each, until: typed } : each,
              ),
            })
          }
        />
      ))}
      <TextField
        label={t("orders.reason")}
        hint={t("orders.reasonHint")}
        value={draft.reason}
        onChange={(reason) => set({ reason })}
      />
      <Complaint saving={saving} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onPress={onCancel}>
          {t("common.cancel")}
        </Button>
        <Button look="primary" type="submit" isDisabled={saving.state === "busy" || edit === null}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}

function AddressFields({
  draft,
  address,
  onSet,
}: {
  readonly draft: OrderDraft;
  readonly address: NonNullable<OrderDraft["address"]>;
  readonly onSet: (change: Partial<OrderDraft>) => void;
}) {
  const set = (change: Partial<typeof address>) => onSet({ ...draft, address: { ...address, ...change } });
  return (
    <fieldset className="grid gap-4 sm:grid-cols-2">
      <legend className="mb-2 font-semibold">{t("orders.edit.address")}</legend>
      <TextField
        label={t("orders.edit.addressName")}
        value={address.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t("orders.edit.street")}
        value={address.street}
        onChange={(street) => set({ street })}
      />
      <TextField
        label={t("orders.edit.postcode")}
        value={address.postcode}
        onChange={(postcode) => set({ postcode })}
      />
      <TextField label={t("orders.edit.city")} value={address.city} onChange={(city) => set({ city })} />
      <TextField
        label={t("orders.edit.country")}
        hint={t("orders.edit.country.hint")}
        value={address.country}
        onChange={(country) => set({ country: country.toUpperCase() })}
      />
    </fieldset>
  );
}

function PiecesFields({
  order,
  draft,
  onSet,
}: {
  readonly order: OrderDetail;
  readonly draft: OrderDraft;
  readonly onSet: (change: Partial<OrderDraft>) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">{t("orders.edit.pieces")}</legend>
      <ul className="space-y-2">
        {order.lines.map(({ id, name, quantity }) => (
          <li key={id} className="grid grid-cols-[1fr_8rem] items-end gap-3">
            <span className="pb-3">{name}</span>
            <TextField
              label={t("orders.edit.piecesOf", { name, quantity })}
              value={draft.pieces[id] ?? String(quantity)}
              onChange={(typed) => onSet({ pieces: { ...draft.pieces, [id]: typed } })}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
