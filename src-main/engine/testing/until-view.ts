import type { View, ViewValue } from "#protocol/till/contract.ts";
import type { TillService } from "../till-service.ts";

/** Resolves once a view of the till is as wanted. */
export function untilView<W extends View>(
  { views }: Pick<TillService, "views">,
  view: W,
  wanted: (value: ViewValue<W>) => boolean,
): Promise<void> {
  const source = views[view];
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(source.current())) return;
      stop();
      resolve();
    };
    const stop = source.watch(look);
    look();
  });
}
