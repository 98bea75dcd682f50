import { useCallback, useRef, useState } from "react";

/** One of a list's rows while it is open, though the list is read again and what is done about it is answered late. */
export interface Followed<R> {
  /** The server answered what the row is now; whichever is open by then. */
  tell(row: R): void;
  /** What the row is by the newest that was heard. It may have left the list. */
  now(opened: R): R;
}

/** `list`: as it was read last, another array each time; null: it was not yet. */
export function useFollowed<R extends { readonly id: string }>(list: readonly R[] | null): Followed<R> {
  const [told, setTold] = useState<{ readonly row: R; readonly over: readonly R[] | null } | null>(null);
  const read = useRef(list);
  read.current = list;
  return {
    tell: useCallback((row: R) => setTold({ row, over: read.current }), []),
    now(opened) {
      const own = told?.row.id === opened.id ? told : null;
      if (own?.over === list) return own.row;
      return list?.find(({ id }) => id === opened.id) ?? own?.row ?? opened;
    },
  };
}
