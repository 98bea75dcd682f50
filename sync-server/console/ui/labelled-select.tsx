import { Labelled } from "./labelled.tsx";
import { type Choice, Select } from "./select.tsx";

/** One of a few choices, with its label above and, where it helps, a hint or what is wrong with it below, read out with it. */
export function LabelledSelect<V extends string>({
  label,
  hint = null,
  wrong = null,
  value,
  choices,
  onChange,
}: {
  readonly label: string;
  readonly hint?: string | null;
  readonly wrong?: string | null;
  readonly value: V;
  readonly choices: readonly (Choice & { readonly value: V })[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <Labelled label={label} hint={hint} wrong={wrong}>
      {(names) => (
        <Select
          {...names}
          label={label}
          value={value}
          choices={choices}
          onChange={(text) => {
            const chosen = choices.find((choice) => choice.value === text);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        />
      )}
    </Labelled>
  );
}
