import { useState } from "react";
import { CUSTOMER_SCOPES } from "#domain/customer/scope.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import type { CustomerRulesDocument } from "#protocol/hq/customers.ts";
import { ReadOnlyUnless } from "../may.tsx";
import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { LabelledSelect } from "../ui/labelled-select.tsx";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useAskedOnce } from "../use-asked-once.ts";
import { usePolled } from "../use-polled.ts";
import { ProblemNote } from "./problem-note.tsx";
import { SaveRow, useSaving } from "./save-row.tsx";
import { wholeNumber } from "./typed.ts";

const REFRESH_MS = 30_000;
const MAX_MONTHS = 600;
const AS_EVERY = "";

type Scope = CustomerRulesDocument["scope"];
type OfStore = CustomerRulesDocument["stores"][number];

const SCOPES = CUSTOMER_SCOPES.map((value) => ({ value, text: t(`customerRules.scope.${value}`) }));

/** Which profiles tills hold, and for how long profiles are kept at all. */
export function CustomerRulesPanel({ onOpen }: { readonly onOpen: (customer: CustomerId) => void }) {
  const { people } = useApi();
  const { known, problem } = useAskedOnce(people.rules);
  return (
    <>
      <ProblemNote problem={problem} />
      {known !== null && <RulesForm known={known} />}
      <Inactive onOpen={onOpen} />
    </>
  );
}

function RulesForm({ known }: { readonly known: CustomerRulesDocument }) {
  const { people } = useApi();
  const [rules, setRules] = useState(known);
  const [months, setMonths] = useState(known.retention.months === null ? "" : String(known.retention.months));
  const saving = useSaving();
  const put = (changes: Partial<CustomerRulesDocument>): void => {
    setRules({ ...rules, ...changes });
    saving.forget();
  };
  const save = (): void => {
    const kept = months.trim() === "" ? null : (wholeNumber(months) ?? 0);
    if (kept === 0 || (kept !== null && kept > MAX_MONTHS)) {
      saving.complain(t("customerRules.wrongMonths"));
      return;
    }
    saving.save(() => people.saveRules({ ...rules, retention: { ...rules.retention, months: kept } }));
  };
  return (
    <ReadOnlyUnless right="rules.edit" everywhere>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Panel title={t("customerRules.holding")}>
          <div className="space-y-4 px-5 py-4">
            <p className="text-soft">{t("customerRules.holding.lead")}</p>
            <LabelledSelect
              label={t("customerRules.everyStore")}
              value={rules.scope}
              choices={SCOPES}
              onChange={(scope) => put({ scope })}
            />
          </div>
          <StoreTable of={rules.stores} onChange={(stores) => put({ stores: [...stores] })} />
        </Panel>
        <Panel title={t("customerRules.retention")}>
          <div className="grid max-w-3xl grid-cols-2 gap-5 px-5 py-4">
            <TextField
              label={t("customerRules.months")}
              hint={t("customerRules.months.hint")}
              value={months}
              onChange={(text) => {
                setMonths(text);
                saving.forget();
              }}
            />
            <LabelledSelect
              label={t("customerRules.then")}
              value={rules.retention.act}
              choices={(["propose", "erase"] as const).map((value) => ({
                value,
                text: t(`customerRules.then.${value}`),
              }))}
              onChange={(act) => put({ retention: { ...rules.retention, act } })}
            />
          </div>
        </Panel>
        <SaveRow right="rules.edit" saving={saving} done={t("customerRules.saved")} />
      </form>
    </ReadOnlyUnless>
  );
}

function StoreTable({
  of,
  onChange,
}: {
  readonly of: readonly OfStore[];
  readonly onChange: (stores: readonly OfStore[]) => void;
}) {
  const { data } = usePolled(useApi().stores, REFRESH_MS);
  const put = (id: string, changes: Partial<OfStore>): void => {
    const store = idOf<"Store">(id);
    const before = of.find((each) => each.store === store) ?? { store, scope: null, region: null };
    onChange([...of.filter((each) => each.store !== store), { ...before, ...changes }]);
  };
  return (
    <Table
      label={t("customerRules.holding")}
      columns={[
        { title: t("customerRules.store") },
        { title: t("customerRules.tillsHold") },
        { title: t("customerRules.region") },
      ]}
    >
      {data?.stores.map(({ id, name }) => {
        const own = of.find(({ store }) => store === id);
        return (
          <Row key={id}>
            <Cell className="font-medium">{name}</Cell>
            <Cell>
              <Select
                label={t("customerRules.scopeOf", { store: name })}
                value={own?.scope ?? AS_EVERY}
                choices={[{ value: AS_EVERY, text: t("customerRules.asEvery") }, ...SCOPES]}
                onChange={(text) => put(id, { scope: scopeOf(text) })}
              />
            </Cell>
            <Cell>
              <input
                aria-label={t("customerRules.regionOf", { store: name })}
                value={own?.region ?? ""}
                maxLength={60}
                onChange={({ target: { value } }) => put(id, { region: value.trim() === "" ? null : value })}
                className="min-h-10 rounded-xl border border-line bg-surface px-3.5"
              />
            </Cell>
          </Row>
        );
      })}
    </Table>
  );
}

function scopeOf(text: string): Scope | null {
  return CUSTOMER_SCOPES.find((scope) => scope === text) ?? null;
}

function Inactive({ onOpen }: { readonly onOpen: (customer: CustomerId) => void }) {
  const { data, problem } = usePolled(useApi().people.inactive, REFRESH_MS);
  return (
    <Panel title={t("customerRules.inactive")} className="mt-5">
      <ProblemNote problem={problem} />
      {data?.customers.length === 0 && (
        <p className="px-5 py-4 text-soft">{t("customerRules.noneInactive")}</p>
      )}
      <ul aria-label={t("customerRules.inactive")} className="divide-y divide-line px-5">
        {data?.customers.map(({ id, name, email }) => (
          <li key={id} className="flex gap-4 py-2.5">
            <button
              type="button"
              onClick={() => onOpen(id)}
              aria-label={t("customers.open", { name })}
              className="font-medium text-brand hover:underline"
            >
              {name}
            </button>
            <span className="text-soft">{email}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
