import { useApi } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Select } from "../ui/select.tsx";
import { usePolled } from "../use-polled.ts";

const REFRESH_MS = 60_000;
const NONE = "";

/** Chooses a store by its code; null is what `none` says. */
export function StoreSelect({
  value,
  none,
  label = t("tickets.store"),
  isDisabled = false,
  onChange,
}: {
  readonly value: string | null;
  readonly none: string;
  readonly label?: string;
  readonly isDisabled?: boolean;
  readonly onChange: (code: string | null) => void;
}) {
  const { data } = usePolled(useApi().stores, REFRESH_MS);
  const stores = data?.stores ?? [];
  return (
    <Select
      label={label}
      value={value ?? NONE}
      isDisabled={isDisabled}
      choices={[
        { value: NONE, text: none },
        ...stores.map(({ code, name }) => ({ value: code, text: `${code} · ${name}` })),
      ]}
      onChange={(code) => onChange(code === NONE ? null : code)}
    />
  );
}
