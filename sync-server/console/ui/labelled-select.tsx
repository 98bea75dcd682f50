import { type Choice, Select } from "./select.tsx";

/** One of a few choices, with its label above and, where it helps, a hint below. */
export function LabelledSelect<V extends string>({
  label,
  hint = null,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  readonly value: V;
  readonly choices: readonly (Choice & { readonly value: V })[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <div>
      <p aria-hidden className="mb-1 font-medium text-sm">
        {label}
      </p>
      <Select
        label={label}
        value={value}
        choices={choices}
        onChange={(text) => {
          const chosen = choices.find((choice) => choice.value === text);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      />
      {hint !== null && <p className="mt-1 text-soft text-sm">{hint}</p>}
    </div>
  );
}
