import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Button } from "./button.tsx";
import { moved } from "./moved.ts";

/** What an ordered list says of a member that is moved or left out. */
export interface OrderedWords {
  readonly up: (name: string) => string;
  readonly down: (name: string) => string;
  readonly remove: (name: string) => string;
  readonly add: (name: string) => string;
}

/** Some of a few things, in an order that counts: moved by buttons, left out and added again. */
export function OrderedList<V extends string>({
  label,
  members,
  all,
  nameOf,
  words,
  least = 0,
  onChange,
}: {
  readonly label: string;
  readonly members: readonly V[];
  readonly all: readonly V[];
  readonly nameOf: (member: V) => string;
  readonly words: OrderedWords;
  /** So many cannot be left out. */
  readonly least?: number;
  readonly onChange: (members: readonly V[]) => void;
}) {
  const missing = all.filter((each) => !members.includes(each));
  return (
    <>
      <ol aria-label={label} className="space-y-2">
        {members.map((member, place) => (
          <li key={member} className="flex items-center gap-2 rounded-xl border border-line py-1 pr-1 pl-3.5">
            <span className="figures w-5 shrink-0 text-soft">{place + 1}</span>
            <span className="mr-auto font-medium">{nameOf(member)}</span>
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={words.up(nameOf(member))}
              isDisabled={place === 0}
              onPress={() => onChange(moved(members, place, -1))}
            >
              <ArrowUp aria-hidden size={18} />
            </Button>
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={words.down(nameOf(member))}
              isDisabled={place === members.length - 1}
              onPress={() => onChange(moved(members, place, 1))}
            >
              <ArrowDown aria-hidden size={18} />
            </Button>
            <Button
              look="quiet"
              className="px-2.5"
              aria-label={words.remove(nameOf(member))}
              isDisabled={members.length <= least}
              onPress={() => onChange(members.filter((each) => each !== member))}
            >
              <X aria-hidden size={18} />
            </Button>
          </li>
        ))}
      </ol>
      {missing.length > 0 && (
        <div className="mt-3 flex flex-wrap gap-2">
          {missing.map((member) => (
            <Button key={member} onPress={() => onChange([...members, member])}>
              {words.add(nameOf(member))}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
