import { useState } from "react";
import { idOf, type PriceListId } from "#domain/ids.ts";
import type { PriceListsAnswer } from "#protocol/hq/prices.ts";
import type { ApiProblem } from "../ask.ts";
import { numberText } from "../format.ts";
import { May, ReadOnlyUnless } from "../may.tsx";
import { useApi, useMay } from "../signed-in.ts";
import { t } from "../translate.ts";
import { Button } from "../ui/button.tsx";
import { OrderedList } from "../ui/ordered-list.tsx";
import { PageTitle, Panel } from "../ui/panel.tsx";
import { Cell, Row, Table } from "../ui/table.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useOpened } from "../use-opened.ts";
import { usePolled } from "../use-polled.ts";
import { addressOf, useAsk } from "../use-route.ts";
import { useWished } from "../use-wished.ts";
import { GroupsPanel } from "./groups-panel.tsx";
import { OnTills } from "./on-tills.tsx";
import { type ListDraft, PriceListSheet } from "./price-list-sheet.tsx";
import { PricesTabs } from "./prices-tabs.tsx";
import { ProblemNote } from "./problem-note.tsx";

const REFRESH_MS = 30_000;

/** The price lists there are, and who asks which of them in which order. */
export function PriceListsPage() {
  const { prices } = useApi();
  const { data, problem, reload } = usePolled(prices.lists, REFRESH_MS);
  const { what: editing, open: edit, close } = useOpened<ListDraft>();
  const [trouble, setTrouble] = useState<ApiProblem | null>(null);
  /** What was saved last: the feed that brings it to tills, null where it is only asked by web shops and HQ. */
  const [last, setLast] = useState<{ readonly feed: string | null; readonly round: number } | null>(null);
  async function saved(
    answer: Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: ApiProblem }>,
    feed: string | null = null,
  ): Promise<boolean> {
    const result = await answer;
    setTrouble(result.ok ? null : result.reason);
    setLast((before) => (result.ok ? { feed, round: (before?.round ?? 0) + 1 } : null));
    reload();
    return result.ok;
  }
  return (
    <>
      <PageTitle title={t("lists.title")}>
        <PricesTabs page="priceLists" />
      </PageTitle>
      <ProblemNote problem={trouble ?? problem} />
      {last !== null && (
        <p className="mb-4 flex flex-wrap items-center gap-x-4 rounded-xl bg-brand-soft px-4 py-2">
          <span role="status">{t("lists.saved")}</span>
          {last.feed !== null && <OnTills key={last.round} feed={last.feed} />}
        </p>
      )}
      {data !== null && (
        <div className="space-y-5">
          <ListsPanel
            answer={data}
            onNew={() => edit({ id: "", name: "", currency: data.stores[0]?.currency ?? "EUR", isNew: true })}
            onEdit={edit}
          />
          <ReadOnlyUnless right="prices.edit">
            {" "}
            <GroupsPanel
              groups={data.groups}
              lists={data.lists}
              onSave={(groups) => saved(prices.saveGroups(groups))}
            />
          </ReadOnlyUnless>
          <ReadOnlyUnless right="prices.edit">
            <div className="grid gap-5 xl:grid-cols-2">
              <StoresPanel
                answer={data}
                onSave={({ id, code }, lists) => saved(prices.saveStoreLists(code, lists), `store:${id}`)}
              />
              <ChannelsPanel
                answer={data}
                onSave={(channel, lists) => saved(prices.saveChannelLists(channel, lists))}
              />
            </div>
          </ReadOnlyUnless>
        </div>
      )}
      {editing !== null && (
        <PriceListSheet
          first={editing}
          onSave={async (draft) => {
            const answer = await prices.saveList(draft.id, { name: draft.name, currency: draft.currency });
            if (answer.ok) {
              reload();
              close();
            }
            return answer;
          }}
          onClose={close}
        />
      )}
    </>
  );
}

function ListsPanel({
  answer: { lists, stores, channels, groups },
  onNew,
  onEdit,
}: {
  readonly answer: PriceListsAnswer;
  readonly onNew: () => void;
  readonly onEdit: (draft: ListDraft) => void;
}) {
  const mayEdit = useMay("prices.edit");
  const askersOf = (id: PriceListId): string =>
    [
      ...stores.filter((store) => store.lists.includes(id)).map(({ code }) => code),
      ...channels.filter((each) => each.lists.includes(id)).map(({ channel }) => channel),
      ...groups.filter((group) => group.priceLists.includes(id)).map(({ name }) => name),
    ].join(", ");
  return (
    <Panel
      title={t("lists.title")}
      aside={
        <May right="prices.edit">
          <Button onPress={onNew}>{t("lists.new")}</Button>
        </May>
      }
    >
      <Table
        label={t("lists.title")}
        columns={[
          { title: t("lists.name") },
          { title: t("lists.id") },
          { title: t("lists.currency") },
          { title: t("lists.prices"), align: "right" },
          { title: t("lists.askedBy") },
        ]}
      >
        {lists.map((list) => (
          <Row key={list.id}>
            <Cell>
              {mayEdit ? (
                <button
                  type="button"
                  aria-label={t("lists.rename", { name: list.name })}
                  onClick={() => onEdit({ ...list, isNew: false })}
                  className="min-h-10 font-medium text-brand hover:underline"
                >
                  {list.name}
                </button>
              ) : (
                list.name
              )}
            </Cell>
            <Cell className="text-soft">{list.id}</Cell>
            <Cell>{list.currency}</Cell>
            <Cell align="right" className="figures">
              {numberText(list.prices)}
            </Cell>
            <Cell>{askersOf(list.id) || <span className="text-warn">{t("lists.nobody")}</span>}</Cell>
          </Row>
        ))}
      </Table>
    </Panel>
  );
}

/** Lists in the order in which they are asked. */
export function ListOrder({
  of,
  members,
  lists,
  least,
  onChange,
}: {
  readonly of: string;
  /** As they are to be by now. */
  readonly members: readonly PriceListId[];
  readonly lists: PriceListsAnswer["lists"];
  readonly least: number;
  readonly onChange: (lists: readonly PriceListId[]) => void;
}) {
  return (
    <OrderedList
      label={t("lists.for", { name: of })}
      members={members}
      all={lists.map(({ id }) => id)}
      nameOf={(id) => lists.find((list) => list.id === id)?.name ?? id}
      words={{
        up: (name) => t("lists.up", { name }),
        down: (name) => t("lists.down", { name }),
        remove: (name) => t("lists.remove", { name }),
        add: (name) => t("lists.addNamed", { name }),
      }}
      least={least}
      onChange={onChange}
    />
  );
}

/** As `ListOrder`, saved by itself with each press. */
function OwnListOrder({
  members,
  onSave,
  ...rest
}: Omit<Parameters<typeof ListOrder>[0], "onChange"> & {
  readonly onSave: (lists: readonly PriceListId[]) => Promise<boolean>;
}) {
  const { shown, wish } = useWished(members, onSave);
  return <ListOrder {...rest} members={shown} onChange={(order) => void wish(order)} />;
}

type Store = PriceListsAnswer["stores"][number];

function StoresPanel({
  answer: { stores, lists },
  onSave,
}: {
  readonly answer: PriceListsAnswer;
  readonly onSave: (store: Store, lists: readonly PriceListId[]) => Promise<boolean>;
}) {
  const { store: asked = "" } = useAsk();
  const shown = stores.filter(({ code }) => asked === "" || code === asked);
  return (
    <Panel
      title={t("lists.stores")}
      aside={
        shown.length < stores.length && (
          <a
            href={addressOf("priceLists")}
            className="inline-flex min-h-10 items-center font-medium text-brand hover:underline"
          >
            {t("lists.everyStore")}
          </a>
        )
      }
    >
      <p className="px-5 pt-4 text-soft">{t("lists.order")}</p>
      <ul className="divide-y divide-line">
        {shown.map((store) => (
          <li key={store.code} className="px-5 py-4">
            <h3 className="mb-2 font-semibold">
              {store.name} <span className="font-normal text-soft">{store.code}</span>
            </h3>
            <OwnListOrder
              of={store.name}
              members={store.lists}
              lists={lists.filter(({ currency }) => currency === store.currency)}
              least={1}
              onSave={(order) => onSave(store, order)}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type Channel = PriceListsAnswer["channels"][number];

function ChannelsPanel({
  answer: { channels, lists, stores },
  onSave,
}: {
  readonly answer: PriceListsAnswer;
  readonly onSave: (channel: Channel["channel"], lists: readonly PriceListId[] | null) => Promise<boolean>;
}) {
  const [name, setName] = useState("");
  const fallback = stores[0]?.lists ?? [];
  const isNew = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);
  return (
    <Panel title={t("lists.channels")}>
      <p className="px-5 pt-4 text-soft">{t("lists.order")}</p>
      <ul className="divide-y divide-line">
        {channels.map(({ channel, own, lists: asked }) => (
          <li key={channel} className="px-5 py-4">
            <div className="mb-2 flex items-center gap-3">
              <h3 className="mr-auto font-semibold">{channel}</h3>
              <span className="text-soft">{own ? t("lists.own") : t("lists.asFirst")}</span>
              {own && (
                <Button look="quiet" onPress={() => onSave(channel, null)}>
                  {t("lists.asFirst")}
                </Button>
              )}
            </div>
            <OwnListOrder
              of={channel}
              members={asked}
              lists={lists}
              least={1}
              onSave={(order) => onSave(channel, order)}
            />
          </li>
        ))}
      </ul>
      <form
        className="flex flex-wrap items-end gap-3 border-line border-t px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNew) return;
          void onSave(idOf<"Channel">(name), fallback).then((isSaved) => {
            if (isSaved) setName((now) => (now === name ? "" : now));
          });
        }}
      >
        <div className="w-72">
          <TextField label={t("lists.channel")} value={name} onChange={setName} />
        </div>
        <Button type="submit" isDisabled={!isNew}>
          {t("lists.channel.new")}
        </Button>
      </form>
    </Panel>
  );
}
