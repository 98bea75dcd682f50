import type { Unwatch } from "./ports.ts";
import type { Changes } from "./shop/changes.ts";

export interface FollowedView {
  current(): unknown;
  watch(onChange: () => void): Unwatch;
}

/** A view of the till that screens talk to, which may be another one after each change: whoever watches it is told, and watches that one from then on. */
export function followed(source: () => FollowedView, changes: Pick<Changes, "watch">): FollowedView {
  return {
    current: () => source().current(),
    watch: (onChange) => {
      let unwatch = source().watch(onChange);
      const end = changes.watch(() => {
        unwatch();
        unwatch = source().watch(onChange);
        onChange();
      });
      return () => {
        end();
        unwatch();
      };
    },
  };
}
