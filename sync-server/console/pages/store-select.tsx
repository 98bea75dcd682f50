import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Labelled } from "../ui/labelled.tsx";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";

const REFRESH_MS = 60_000;
const NONE = "";

interface Choosing {
  readonly value: string | null;
  readonly none: string;
  readonly onChange: (code: string | null) => void;
}

/** Chooses a store by its code; null is what `none` says. */
export function StoreSelect({
  value,
  none,
  label = t("tickets.store"),
  onChange,
  ...rest
}: Choosing & { readonly label?: string } & Omit<
    Parameters<typeof Select>[0],
    "label" | "value" | "choices" | "onChange"
  >) {
  const { data } = usePolled(useApi().stores, REFRESH_MS);
  const stores = data?.stores ?? [];
  return (
    <Select
      {...rest}
      label={label}
      value={value ?? NONE}
      choices={[
        { value: NONE, text: none },
        ...stores.map(({ code, name }) => ({ value: code, text: `${code} · ${name}` })),
      ]}
      onChange={(code) => onChange(code === NONE ? null : code)}
    />
  );
}

/** As `StoreSelect`, with its label above and, where it helps, a hint below, read out with it. */
export function LabelledStoreSelect({
  label,
  hint = null,
  ...rest
}: Choosing & { readonly label: string; readonly hint?: string | null }) {
  return (
    <Labelled label={label} hint={hint}>
      {(names) => <StoreSelect {...names} {...rest} label={label} />}
    </Labelled>
  );
}
