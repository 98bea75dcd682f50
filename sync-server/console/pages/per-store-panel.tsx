import { type ReactNode, useState } from "react";
import { ReadOnlyUnless } from "../may.tsx";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";
import { useAsk } from "../use-route.ts";

/** What HQ decides for each store by itself, one store at a time: the one that the address names, else the first; another one is chosen beside the title. */
export function PerStorePanel<S extends { readonly code: string; readonly name: string }>({
  title,
  stores,
  children,
}: {
  readonly title: string;
  readonly stores: readonly S[];
  readonly children: (store: S) => ReactNode;
}) {
  const { store: asked } = useAsk();
  const [code, setCode] = useState((stores.find((each) => each.code === asked) ?? stores[0])?.code ?? "");
  const store = stores.find((each) => each.code === code);
  return (
    <Panel
      title={title}
      aside={
        <Select
          label={t("policy.store")}
          value={code}
          choices={stores.map((each) => ({ value: each.code, text: each.name }))}
          onChange={setCode}
        />
      }
    >
      {store !== undefined && <ReadOnlyUnless right="rules.edit">{children(store)}</ReadOnlyUnless>}
    </Panel>
  );
}
