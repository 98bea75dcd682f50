import type { ReactNode } from "react";
import type { Answer } from "../ask.ts";
import { useAskedOnce } from "../use-asked-once.ts";
import { PerStorePanel } from "./per-store-panel.tsx";
import { ProblemNote } from "./problem-note.tsx";

/** What HQ decides for each store by itself: asked once, one store at a time, and saved for that store. `load` must be stable. */
export function PerStoreRules<S extends { readonly code: string; readonly name: string }, R>({
  title,
  load,
  save,
  children,
}: {
  readonly title: string;
  readonly load: () => Promise<Answer<{ readonly stores: readonly S[] }>>;
  readonly save: (code: string, rules: R) => Promise<Answer<S>>;
  readonly children: (store: S, onSave: (rules: R) => Promise<Answer<S>>) => ReactNode;
}) {
  const { known, setKnown, problem } = useAskedOnce(load);
  if (known === null) return <ProblemNote problem={problem} />;
  const { stores } = known;
  return (
    <PerStorePanel title={title} stores={stores}>
      {(store) =>
        children(store, async (rules) => {
          const answer = await save(store.code, rules);
          if (answer.ok)
            setKnown((now) => ({
              stores: now.stores.map((each) => (each.code === answer.value.code ? answer.value : each)),
            }));
          return answer;
        })
      }
    </PerStorePanel>
  );
}
