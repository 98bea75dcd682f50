import { useCallback, useEffect, useId, useLayoutEffect, useState } from "react";
import type { Answer } from "./ask.ts";
import { dateTimeText } from "./format.ts";
import { pageName } from "./page-names.ts";
import { useSeen, useSees } from "./page-rights.ts";
import { useApi } from "./signed-in.ts";
import { t } from "./translate.ts";
import { Sheet } from "./ui/sheet.tsx";
import { addressOf, MENU_GROUPS, pagesUnder } from "./use-route.ts";
import { useSettled } from "./use-settled.ts";

interface Target {
  readonly href: string;
  readonly kind: "page" | "product" | "order" | "ticket" | "customer";
  readonly name: string;
}

/** Of each kind of thing so many are offered. */
const OFFERED = 5;
/** Shorter words find too much. */
const MIN_SEARCHED = 2;
const ENTRIES = MENU_GROUPS.flat().flatMap((entry) => pagesUnder(entry));

/** Whether the place to jump from is open: Ctrl+K, or Cmd+K, opens and closes it wherever one is. */
export function useJumpKey(): { readonly isOpen: boolean; readonly setOpen: (isOpen: boolean) => void } {
  const [isOpen, setOpen] = useState(false);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return { isOpen, setOpen };
}

/** Goes to any page, and to a product, an order, a ticket or a customer by name or number, by typing some of it. */
export function JumpSheet({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const words = typed.trim();
  const { found, isLooking } = useFound(words);
  const pages = usePages(typed);
  const targets = [...pages, ...(words === "" ? [] : found)];
  const [at, setAt] = useState(0);
  const chosen = targets[Math.min(at, targets.length - 1)];
  const list = useId();
  /** Enter was pressed before it was known what there is of these words. */
  const [isEntered, setEntered] = useState(false);
  useEffect(() => {
    if (!isEntered || isLooking) return;
    setEntered(false);
    go(chosen);
  });

  function go(target: Target | undefined): void {
    if (target === undefined) return;
    onClose();
    window.location.hash = target.href;
  }

  return (
    <Sheet title={t("jump.title")} closeLabel={t("common.close")} onClose={onClose}>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was opened to type in
        autoFocus
        role="combobox"
        aria-label={t("jump.field")}
        aria-expanded={targets.length > 0}
        aria-controls={list}
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${targets.indexOf(chosen)}`}
        aria-autocomplete="list"
        placeholder={t("jump.field")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
          setEntered(false);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          // What was found before is of other words; pages are of these.
          if (event.key === "Enter" && isLooking && chosen?.kind !== "page") setEntered(true);
          else if (event.key === "Enter") go(chosen);
          if (step === undefined || targets.length === 0) return;
          event.preventDefault();
          setAt((Math.min(at, targets.length - 1) + step + targets.length) % targets.length);
        }}
        className="min-h-11 w-full rounded-xl border border-line bg-surface px-3.5"
      />
      <p role="status" className="my-2 min-h-6 text-soft text-sm">
        {targets.length === 0 && !isLooking && t("jump.nothing")}
        {targets.length === 0 && isLooking && t("jump.looking")}
        {targets.length > 0 && t("jump.hint")}
      </p>
      <div id={list} role="listbox" aria-label={t("jump.title")} className="max-h-96 overflow-y-auto">
        {targets.map((target, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys for the one that is chosen
          <div
            key={target.href}
            id={`${list}-${place}`}
            ref={target === chosen ? (line) => line?.scrollIntoView({ block: "nearest" }) : undefined}
            role="option"
            aria-selected={target === chosen}
            tabIndex={-1}
            onClick={() => go(target)}
            className="flex min-h-11 cursor-pointer items-center justify-between gap-4 rounded-lg px-3 hover:bg-sunken aria-selected:bg-brand-soft"
          >
            <span className="min-w-0 truncate">{target.name}</span>
            <span className="shrink-0 text-soft text-sm ">{t(`jump.${target.kind}`)}</span>
          </div>
        ))}
      </div>
    </Sheet>
  );
}

function usePages(typed: string): readonly Target[] {
  const seen = useSeen(ENTRIES);
  const words = typed.trim().toLocaleLowerCase().split(/\s+/);
  return seen
    .flatMap((page): Target[] => {
      if (page === "product" || page === "account") return [];
      return [{ href: addressOf(page), kind: "page", name: pageName(page) }];
    })
    .filter(({ name }) => words.every((word) => name.toLocaleLowerCase().includes(word)));
}

/** Things of that name or number, of the kinds that whoever looks may see. */
function useFound(words: string): { readonly found: readonly Target[]; readonly isLooking: boolean } {
  const api = useApi();
  const search = useSettled(words);
  const [of, setOf] = useState<{ readonly search: string; readonly found: readonly Target[] } | null>(null);
  const products = useSees("product");
  const orders = useSees("orders");
  const tickets = useSees("tickets");
  const customers = useSees("customers");
  const look = useCallback(async (): Promise<readonly Target[]> => {
    const ask = { search, limit: OFFERED };
    const found = await Promise.all([
      products ? targetsOf(api.products({ ...ask, offset: 0 }), productsIn) : [],
      orders ? targetsOf(api.orders({ ...ask, status: null, store: null }), ordersIn) : [],
      tickets
        ? targetsOf(api.tickets({ store: null, before: null, number: search, limit: OFFERED }), ticketsIn)
        : [],
      customers ? targetsOf(api.customers(ask), customersIn) : [],
    ]);
    return found.flat();
  }, [api, search, products, orders, tickets, customers]);
  useEffect(() => {
    if (search.length < MIN_SEARCHED) return;
    let isWanted = true;
    void look().then((found) => {
      if (isWanted) setOf({ search, found });
    });
    return () => {
      isWanted = false;
    };
  }, [look, search]);
  if (words.length < MIN_SEARCHED) return { found: [], isLooking: false };
  return { found: of?.found ?? [], isLooking: of?.search !== words };
}

async function targetsOf<T>(
  asked: Promise<Answer<T>>,
  targets: (value: T) => readonly Target[],
): Promise<readonly Target[]> {
  const answer = await asked;
  return answer.ok ? targets(answer.value) : [];
}

type Found<K extends "products" | "orders" | "tickets" | "customers"> =
  Awaited<ReturnType<ReturnType<typeof useApi>[K]>> extends infer A
    ? A extends { readonly ok: true; readonly value: infer V }
      ? V
      : never
    : never;

function productsIn({ products }: Found<"products">): readonly Target[] {
  return products.map(({ product, title }) => ({
    href: addressOf("product", { id: product }),
    kind: "product",
    name: title,
  }));
}

function ordersIn({ orders }: Found<"orders">): readonly Target[] {
  return orders.map(({ id, number, customerName }) => ({
    href: addressOf("orders", { order: id }),
    kind: "order",
    name: `${number} · ${customerName}`,
  }));
}

function ticketsIn({ tickets }: Found<"tickets">): readonly Target[] {
  return tickets.map(({ number, completedAt }) => ({
    href: addressOf("tickets", { ticket: number }),
    kind: "ticket",
    name: `${number} · ${dateTimeText(completedAt)}`,
  }));
}

function customersIn({ customers }: Found<"customers">): readonly Target[] {
  return customers.map(({ id, name }) => ({
    href: addressOf("customers", { customer: id }),
    kind: "customer",
    name,
  }));
}
