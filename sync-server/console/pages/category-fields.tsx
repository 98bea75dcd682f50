import { X } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { LabelledSelect } from "../ui/labelled-select.tsx";

interface Named {
  readonly category: string;
}

/** What is otherwise for some categories: a line with a short field for each, and a choice of those that are free still. */
export function CategoryFields<Row extends Named>({
  words,
  categories,
  rows,
  first,
  typedIn,
  rowOf,
  onChange,
}: {
  readonly words: {
    readonly title: string;
    readonly add: string;
    readonly hint: string;
    readonly choose: string;
    readonly fieldOf: (of: Named) => string;
    readonly remove: (of: Named) => string;
  };
  readonly categories: readonly string[];
  readonly rows: readonly Row[];
  /** What stands in the field of a category that was just chosen. */
  readonly first: string;
  readonly typedIn: (row: Row) => string;
  readonly rowOf: (category: string, typed: string) => Row;
  readonly onChange: (rows: readonly Row[]) => void;
}) {
  const free = categories.filter((each) => rows.every(({ category }) => category !== each));
  return (
    <div>
      <p className="mb-1 font-medium text-sm">{words.title}</p>
      <ul className="space-y-2">
        {rows.map((row, place) => (
          <li key={row.category} className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate">{row.category}</span>
            <input
              aria-label={words.fieldOf(row)}
              value={typedIn(row)}
              onChange={(event) => onChange(rows.with(place, rowOf(row.category, event.target.value)))}
              className="figures min-h-10 w-20 rounded-xl border border-line bg-surface px-3"
            />
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={words.remove(row)}
              onPress={() => onChange(rows.toSpliced(place, 1))}
            >
              <X aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <div className="mt-2">
          <LabelledSelect
            label={words.add}
            hint={words.hint}
            value=""
            choices={[{ value: "", text: words.choose }, ...free.map((text) => ({ value: text, text }))]}
            onChange={(category) => onChange([...rows, rowOf(category, first)])}
          />
        </div>
      )}
    </div>
  );
}
