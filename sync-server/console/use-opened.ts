import { useState } from "react";

/** What is open on a page or in a sheet, one thing at a time. */
export interface Opened<T> {
  /** Null: nothing is. */
  readonly what: T | null;
  open(what: T): void;
  /** Closes what was open when this was given, and nothing that was opened since, be it the same anew: whoever is answered late may call it. */
  close(): void;
}

/** Nothing is open at first. */
export function useOpened<T>(): Opened<T> {
  /** Another object each time that something is opened. */
  const [opened, setOpened] = useState<{ readonly what: T } | null>(null);
  return {
    what: opened?.what ?? null,
    open: (what) => setOpened({ what }),
    close: () => setOpened((now) => (now === opened ? null : now)),
  };
}
