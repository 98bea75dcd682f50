import { Search } from "lucide-react";
import { Input, SearchField } from "react-aria-components";

/** Where one types what is looked for in a list. */
export function FindField({
  label,
  className,
  value,
  onChange,
}: {
  readonly label: string;
  /** How wide it is. */
  readonly className: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  return (
    <SearchField aria-label={label} value={value} onChange={onChange} className={`relative ${className}`}>
      <Search
        aria-hidden
        size={18}
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-soft"
      />
      <Input
        placeholder={label}
        className="min-h-10 w-full rounded-xl border border-line bg-surface pr-4 pl-10 placeholder:text-soft"
      />
    </SearchField>
  );
}
