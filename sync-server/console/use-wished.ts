import { useRef, useState } from "react";

/** Something that is saved whole with each press. */
export interface Wished<V> {
  /** As it was wished last, until it is read as it was saved: the next press comes on top of it. */
  readonly shown: V;
  /** Whether it is so by then, by itself or with what was wished on top of it since; not where that could not be saved. */
  wish(value: V): Promise<boolean>;
}

/**
 * One save at a time, and of those that wait the last alone: what is saved first can neither overtake what is wished after it nor leave it out. `saved`:
 * as it was read last, another object each time. `save` answers whether it was done, and has it read again.
 */
export function useWished<V>(saved: V, save: (value: V) => Promise<boolean>): Wished<V> {
  /** `over` null: it is not saved yet; else what was read until then, which is not it. */
  const [wished, setWished] = useState<{ readonly value: V; readonly over: V | null } | null>(null);
  const read = useRef(saved);
  read.current = saved;
  const before = useRef<Promise<unknown>>(Promise.resolve());
  const newest = useRef<Promise<boolean>>(Promise.resolve(true));
  const wishes = useRef(0);
  const isShown = wished !== null && (wished.over === null || wished.over === saved);
  return {
    shown: isShown ? wished.value : saved,
    wish(value) {
      wishes.current += 1;
      const mine = wishes.current;
      setWished({ value, over: null });
      const turn = before.current.then(async () => {
        if (mine !== wishes.current) return null;
        const isSaved = await save(value);
        if (mine === wishes.current) setWished(isSaved ? { value, over: read.current } : null);
        return isSaved;
      });
      before.current = turn;
      // What was overtaken is a part of what was wished after it, and is saved with that or not at all.
      const done = turn.then((isSaved) => isSaved ?? newest.current);
      newest.current = done;
      return done;
    },
  };
}
