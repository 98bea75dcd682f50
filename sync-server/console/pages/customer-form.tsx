import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerView } from "#protocol/hq/customers.ts";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { Check } from "../ui/check.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useNewest } from "../use-newest.ts";
import {
  type AddressDraft,
  type CustomerDraft,
  changesOf,
  draftOf,
  NEW_ADDRESS,
  withGroup,
} from "./customer-draft.ts";
import { SaveRow, useSaving } from "./save-row.tsx";

/** All that HQ says of a customer, to be changed; null: somebody new. */
export function CustomerForm({
  customer,
  groups,
  onSaved,
  onClose,
}: {
  readonly customer: Customer | null;
  readonly groups: CustomerView["knownGroups"];
  readonly onSaved: (customer: Customer) => void;
  readonly onClose: () => void;
}) {
  const { people } = useApi();
  const [opened] = useState(() => draftOf(customer));
  const [draft, setDraft] = useState(opened);
  const saving = useSaving();
  const newest = useNewest();
  const put = (changes: Partial<CustomerDraft>): void => {
    setDraft({ ...draft, ...changes });
    saving.forget();
  };
  const save = (): void => {
    const changes = changesOf(draft, opened);
    if (!changes.ok) {
      saving.complain(t(`customers.${changes.reason}`));
      return;
    }
    saving.save(async () => {
      const isHere = newest.ask();
      const answer = await (customer === null
        ? people.register(changes.value)
        : people.change(customer.id, changes.value));
      if (answer.ok && isHere()) onSaved(answer.value.customer);
      return answer;
    });
  };
  const title = customer === null ? t("customers.new") : t("customers.editTitle", { name: customer.name });
  return (
    <Sheet title={title} closeLabel={t("common.close")} onClose={onClose}>
      <form
        className="grid grid-cols-2 gap-x-4 gap-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <PersonFields draft={draft} put={put} />
        <AddressFields addresses={draft.addresses} onChange={(addresses) => put({ addresses })} />
        {customer !== null && (
          <fieldset className="col-span-full">
            <legend className="font-semibold">{t("customers.groups")}</legend>
            {groups.length === 0 && <p className="text-soft">{t("customers.noGroups")}</p>}
            {groups.map(({ id, name }) => (
              <Check
                key={id}
                label={name}
                checked={draft.groups.includes(id)}
                onChange={(isIn) => put(withGroup(draft, id, isIn))}
              />
            ))}
          </fieldset>
        )}
        <CompanyFields draft={draft} put={put} />
        <SaveRow right="customers.edit" saving={saving} done={t("customers.saved")} />
      </form>
    </Sheet>
  );
}

interface FieldsProps {
  readonly draft: CustomerDraft;
  readonly put: (changes: Partial<CustomerDraft>) => void;
}

function PersonFields({ draft, put }: FieldsProps) {
  return (
    <>
      <div className="col-span-full">
        <TextField label={t("customers.name")} value={draft.name} onChange={(name) => put({ name })} />
      </div>
      <TextField label={t("customers.email")} value={draft.email} onChange={(email) => put({ email })} />
      <TextField label={t("customers.phone")} value={draft.phone} onChange={(phone) => put({ phone })} />
      <TextField
        label={t("customers.card")}
        value={draft.cardNumber}
        onChange={(cardNumber) => put({ cardNumber })}
      />
      <TextField
        label={t("customers.language")}
        hint={t("customers.language.hint")}
        value={draft.language}
        onChange={(language) => put({ language })}
      />
      <TextArea
        label={t("customers.notes")}
        hint={t("customers.notes.hint")}
        value={draft.notes}
        maxLength={2_000}
        onChange={(notes) => put({ notes })}
      />
      <TextArea
        label={t("customers.preferences")}
        value={draft.preferences}
        maxLength={2_000}
        onChange={(preferences) => put({ preferences })}
      />
    </>
  );
}

function CompanyFields({ draft, put }: FieldsProps) {
  return (
    <>
      <h3 className="col-span-full font-semibold">{t("customers.company")}</h3>
      <TextField
        label={t("customers.companyName")}
        value={draft.companyName}
        onChange={(companyName) => put({ companyName })}
      />
      <TextField label={t("customers.vatId")} value={draft.vatId} onChange={(vatId) => put({ vatId })} />
      <div className="col-span-full">
        <TextArea
          label={t("customers.companyAddress")}
          value={draft.companyAddress}
          onChange={(companyAddress) => put({ companyAddress })}
        />
      </div>
      <h3 className="col-span-full font-semibold">{t("customers.exemption")}</h3>
      <TextField
        label={t("customers.certificate")}
        hint={t("customers.certificate.hint")}
        value={draft.certificate}
        onChange={(certificate) => put({ certificate })}
      />
      <TextField
        label={t("customers.validUntil")}
        hint={t("customers.validUntil.hint")}
        type="date"
        value={draft.validUntil}
        onChange={(validUntil) => put({ validUntil })}
      />
    </>
  );
}

const MAX_ADDRESSES = 10;

function AddressFields({
  addresses,
  onChange,
}: {
  readonly addresses: readonly AddressDraft[];
  readonly onChange: (addresses: readonly AddressDraft[]) => void;
}) {
  const put = (at: number, changes: Partial<AddressDraft>): void =>
    onChange(addresses.map((each, place) => (place === at ? { ...each, ...changes } : each)));
  return (
    <fieldset className="col-span-full space-y-3">
      <legend className="font-semibold">{t("customers.addresses")}</legend>
      {addresses.map((address, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an address has no name of its own
        <div key={at} className="grid grid-cols-2 gap-3 rounded-2xl bg-sunken p-4">
          <TextField
            label={t("customers.addressName")}
            value={address.name}
            onChange={(name) => put(at, { name })}
          />
          <TextArea
            label={t("customers.addressLines")}
            value={address.lines}
            onChange={(lines) => put(at, { lines })}
          />
          <TextField
            label={t("customers.postcode")}
            value={address.postcode}
            onChange={(postcode) => put(at, { postcode })}
          />
          <TextField
            label={t("customers.city")}
            value={address.city}
            onChange={(city) => put(at, { city })}
          />
          <TextField
            label={t("customers.country")}
            hint={t("customers.country.hint")}
            value={address.country}
            onChange={(country) => put(at, { country })}
          />
          <Button
            look="quietDanger"
            className="self-center"
            onPress={() => onChange(addresses.filter((_, place) => place !== at))}
          >
            <Trash2 aria-hidden size={18} />
            {t("customers.removeAddress")}
          </Button>
        </div>
      ))}
      {addresses.length < MAX_ADDRESSES && (
        <Button onPress={() => onChange([...addresses, NEW_ADDRESS])}>
          <Plus aria-hidden size={18} />
          {t("customers.addAddress")}
        </Button>
      )}
    </fieldset>
  );
}
