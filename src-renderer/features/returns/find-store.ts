import { create } from "zustand";
import { type BusinessDay, idOf } from "#domain/ids.ts";
import type { Currency } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { PurchaseSummary } from "#protocol/till/returns.ts";
import { client, tell, useTill } from "../../app/till.ts";
import { refusalWords } from "../../i18n/translate.ts";

const MAX_ARTICLES = 30;

interface Found {
  readonly purchases: readonly PurchaseSummary[];
  readonly askedServer: boolean;
}

interface Finding {
  readonly how: "with" | "without";
  readonly text: string;
  /** As a date field gives it; empty: any day. */
  readonly day: string;
  /** As it was typed; empty: any amount. */
  readonly paid: string;
  readonly found: Found | null;
  /** What the search for an article without a receipt found. */
  readonly articles: readonly Item[] | null;
  readonly state: "idle" | "looking" | "away";
}

const FRESH: Finding = {
  how: "with",
  text: "",
  day: "",
  paid: "",
  found: null,
  articles: null,
  state: "idle",
};

/** What the cashier looks for, and what was found. */
export const useFinding = create<Finding>(() => FRESH);

/** Grows with each question, so that a late answer to an older one is let go. */
let question = 0;

export function beginFinding(how: Finding["how"]): void {
  question += 1;
  useFinding.setState({ ...FRESH, how });
}

/** Takes an entry; what was found for the one before stays until there is an answer to this one. */
export function enter(entry: Partial<Pick<Finding, "text" | "day" | "paid">>): void {
  useFinding.setState(entry);
}

/** Looks for what is entered. Nothing entered finds nothing. */
export async function find(): Promise<void> {
  question += 1;
  const mine = question;
  const { how, text } = useFinding.getState();
  if (how === "without") return findArticles(text, mine);
  const wanted = wantedBy(useFinding.getState(), currencyHere());
  if (wanted === null) return useFinding.setState({ found: null, state: "idle" });
  useFinding.setState({ state: "looking" });
  try {
    const answer = await client.call("findPurchases", wanted);
    if (mine !== question) return;
    if (answer.ok) return useFinding.setState({ found: answer.value, state: "idle" });
    useFinding.setState({ state: "idle" });
    tell("refusal", refusalWords(answer.reason));
  } catch {
    if (mine === question) useFinding.setState({ state: "away" });
  }
}

async function findArticles(text: string, mine: number): Promise<void> {
  if (text.trim() === "") return useFinding.setState({ articles: null, state: "idle" });
  try {
    const articles = await client.call("search", { text, limit: MAX_ARTICLES });
    if (mine === question) useFinding.setState({ articles, state: "idle" });
  } catch {
    if (mine === question) useFinding.setState({ state: "away" });
  }
}

/** What to ask for; null while nothing is entered that could be found by. */
export function wantedBy(
  { text, day, paid }: Pick<Finding, "text" | "day" | "paid">,
  currency: Currency | null,
): VerbArgs<"findPurchases"> | null {
  const minor = paidMinor(paid, currency);
  const wanted = {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(day === "" ? {} : { day: idOf<"BusinessDay">(day) satisfies BusinessDay }),
    ...(minor === null ? {} : { paidMinor: minor }),
  };
  return Object.keys(wanted).length === 0 ? null : wanted;
}

/** The amount that was typed, with a point or a comma, in minor units; null where it is none. */
export function paidMinor(typed: string, currency: Currency | null): number | null {
  if (currency === null) return null;
  const amount = parseAmount({ text: typed.trim().replace(",", "."), currency });
  return amount.ok ? amount.value.minor : null;
}

/** The store's currency; null before the till knows its store. */
export function currencyHere(): Currency | null {
  const { session } = useTill.getState();
  return session?.state === "open" ? idOf<"Currency">(session.currency) : null;
}
