import { ArrowLeft, ArrowRight, Columns3, Minus, Plus } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "./button.tsx";
import { Check } from "./check.tsx";
import type { GridLayout, LaidOut } from "./grid-layout.ts";
import { withPlace, withShown, withWidth } from "./grid-layout.ts";

const STEP_PX = 24;

export interface ChooserWords {
  readonly title: string;
  readonly left: (column: string) => string;
  readonly right: (column: string) => string;
  readonly wider: (column: string) => string;
  readonly narrower: (column: string) => string;
  readonly reset: string;
}

/** Which columns are seen, in which order and how wide: all that the pointer does at the headings, for keys and touch. */
export function ColumnChooser({
  columns,
  layout,
  words,
  onLayout,
}: {
  /** In the order of the layout. */
  readonly columns: readonly (LaidOut & { readonly title: string })[];
  readonly layout: GridLayout;
  readonly words: ChooserWords;
  /** Null: as they were at first. */
  readonly onLayout: (layout: GridLayout | null) => void;
}) {
  return (
    <DialogTrigger>
      <Button>
        <Columns3 aria-hidden size={16} />
        {words.title}
      </Button>
      <Popover className="w-96 rounded-2xl border border-line bg-surface p-3 shadow-2xl">
        <Dialog aria-label={words.title} className="outline-none">
          <ul className="max-h-[60vh] overflow-y-auto px-1">
            {columns.map(({ id, title, width }, at) => (
              <li key={id} className="flex items-center">
                <span className="mr-auto">
                  <Check
                    label={title}
                    checked={!layout.hidden.includes(id)}
                    onChange={(isShown) => onLayout(withShown(layout, id, isShown))}
                  />
                </span>
                <Small
                  label={words.narrower(title)}
                  icon={<Minus aria-hidden size={16} />}
                  onPress={() => onLayout(withWidth(layout, id, (layout.widths[id] ?? width) - STEP_PX))}
                />
                <Small
                  label={words.wider(title)}
                  icon={<Plus aria-hidden size={16} />}
                  onPress={() => onLayout(withWidth(layout, id, (layout.widths[id] ?? width) + STEP_PX))}
                />
                <Small
                  label={words.left(title)}
                  icon={<ArrowLeft aria-hidden size={16} />}
                  onPress={() => onLayout(withPlace(layout, id, columns[at - 1]?.id ?? id))}
                />
                <Small
                  label={words.right(title)}
                  icon={<ArrowRight aria-hidden size={16} />}
                  onPress={() => onLayout(withPlace(layout, id, columns[at + 1]?.id ?? id))}
                />
              </li>
            ))}
          </ul>
          <Button look="quiet" className="mt-2 w-full" onPress={() => onLayout(null)}>
            {words.reset}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Small({
  label,
  icon,
  onPress,
}: {
  readonly label: string;
  readonly icon: React.ReactNode;
  readonly onPress: () => void;
}) {
  return (
    <Button look="quiet" aria-label={label} onPress={onPress} className="px-2.5">
      {icon}
    </Button>
  );
}
