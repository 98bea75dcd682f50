import { type ReactNode, useState } from "react";
import { t } from "../translate.ts";
import { Panel } from "../ui/panel.tsx";
import { Select } from "../ui/select.tsx";

/** What HQ decides for each store by itself, one store at a time; another one is chosen beside the title. */
export function PerStorePanel<S extends { readonly code: string; readonly name: string }>({
  title,
  stores,
  children,
}: {
  readonly title: string;
  readonly stores: readonly S[];
  readonly children: (store: S) => ReactNode;
}) {
  const [code, setCode] = useState(stores[0]?.code ?? "");
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
      {store !== undefined && children(store)}
    </Panel>
  );
}
