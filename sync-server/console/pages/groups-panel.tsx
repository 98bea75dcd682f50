import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import { idOf } from "#domain/ids.ts";
import type { PriceListsAnswer } from "#protocol/hq/prices.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { moved } from "../ui/moved.ts";
import { Panel } from "../ui/panel.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useWished } from "../use-wished.ts";
import { ListOrder } from "./price-lists.tsx";

type Groups = PriceListsAnswer["groups"];

/** Groups of customers, with the lists that are asked for them first. */
export function GroupsPanel({
  groups: saved,
  lists,
  onSave,
}: {
  readonly groups: Groups;
  readonly lists: PriceListsAnswer["lists"];
  /** Whether it was done. */
  readonly onSave: (groups: Groups) => Promise<boolean>;
}) {
  const { shown: groups, wish } = useWished(saved, onSave);
  const [name, setName] = useState("");
  const id = idOfName(name);
  const isFree = id !== "" && groups.every((group) => group.id !== id);
  return (
    <Panel title={t("lists.groups")}>
      <p className="px-5 pt-4 text-soft">{t("lists.groups.lead")}</p>
      {groups.length === 0 && <p className="px-5 pt-2 text-soft">{t("lists.noGroups")}</p>}
      <ul className="divide-y divide-line">
        {groups.map((group, place) => (
          <li key={group.id} className="px-5 py-4">
            <div className="mb-2 flex items-center gap-1">
              <h3 className="mr-auto font-semibold">
                {group.name} <span className="font-normal text-soft">{group.id}</span>
              </h3>
              <Button
                look="quiet"
                className="px-2.5"
                aria-label={t("lists.up", { name: group.name })}
                isDisabled={place === 0}
                onPress={() => void wish([...moved(groups, place, -1)])}
              >
                <ArrowUp aria-hidden size={18} />
              </Button>
              <Button
                look="quiet"
                className="px-2.5"
                aria-label={t("lists.down", { name: group.name })}
                isDisabled={place === groups.length - 1}
                onPress={() => void wish([...moved(groups, place, 1)])}
              >
                <ArrowDown aria-hidden size={18} />
              </Button>
            </div>
            <ListOrder
              of={group.name}
              members={group.priceLists}
              lists={lists}
              least={0}
              onChange={(order) =>
                void wish(
                  groups.map((each) => (each === group ? { ...group, priceLists: [...order] } : each)),
                )
              }
            />
          </li>
        ))}
      </ul>
      <form
        className="flex flex-wrap items-end gap-3 border-line border-t px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isFree) return;
          const group = { id: idOf<"CustomerGroup">(id), name: name.trim(), priceLists: [] };
          void wish([...groups, group]).then((isSaved) => {
            if (isSaved) setName((now) => (now === name ? "" : now));
          });
        }}
      >
        <div className="w-72">
          <TextField label={t("lists.group.name")} value={name} onChange={setName} />
        </div>
        <Button type="submit" isDisabled={!isFree}>
          {t("lists.group.new")}
        </Button>
      </form>
    </Panel>
  );
}

/** `Staff & family` is `staff-family`. */
function idOfName(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 64);
}
