import { useCallback, useEffect, useState } from "react";
import type { z } from "zod";
import { hq } from "./hq.ts";

/** Asked again this often, milliseconds: HQ sees sales as they happen. */
const REFRESH_MS = 3_000;

export interface Asked<T> {
  readonly data: T | null;
  readonly failed: boolean;
  readonly again: () => void;
}

/** What the server answers at an address, asked again every few seconds while it is on screen. */
export function useHq<S extends z.ZodType>(schema: S, path: string): Asked<z.output<S>> {
  const [data, setData] = useState<z.output<S> | null>(null);
  const [failed, setFailed] = useState(false);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is what asks again
  useEffect(() => {
    let stale = false;
    const ask = () =>
      hq(schema, path).then(
        (answer) => {
          if (stale) return;
          setData(answer);
          setFailed(false);
        },
        () => {
          if (!stale) setFailed(true);
        },
      );
    void ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => {
      stale = true;
      clearInterval(timer);
    };
  }, [schema, path, round]);
  return { data, failed, again };
}
