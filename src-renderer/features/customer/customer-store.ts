import { create } from "zustand";
import type { CustomerId } from "#domain/ids.ts";
import type { CustomerProfile, FoundCustomers, TillHistory } from "#protocol/till/customers.ts";
import { inTurn } from "../../app/in-turn.ts";
import { closeOverlay, openOverlay } from "../../app/overlay.ts";
import { startNewSale, tellRepriced } from "../../app/register.ts";
import { ask, client, useTill } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";

/** A customer in front, and how much of the history is shown: what this till knows while the server is asked, or has no word to add. */
interface Opened extends Pick<CustomerProfile, "customer" | "groups"> {
  readonly history: TillHistory;
  readonly reach: "asking" | "everywhere" | "here";
}

interface CustomerState {
  readonly text: string;
  /** Null before anything was typed. */
  readonly found: FoundCustomers | null;
  readonly opened: Opened | null;
}

export const useCustomers = create<CustomerState>(() => ({ text: "", found: null, opened: null }));

/** Grow with each question, so that a late answer to an older one is let go. */
let search = 0;
let opening = 0;

/** Opens whoever the basket is sold to, once a card that was scanned just before has been looked up; the search where that is nobody known. */
export function openCustomer(): Promise<void> {
  return inTurn(async () => {
    const customer = useTill.getState().basket?.customer ?? null;
    if (customer === null) openSearch();
    else openOverlay({ kind: "customer", customer: customer.id });
  });
}

export function openSearch(): void {
  openOverlay({ kind: "findCustomer" });
}

/** Finds customers as one types. */
export async function findCustomers(text: string): Promise<void> {
  search += 1;
  const mine = search;
  useCustomers.setState(text.trim() === "" ? { text, found: null } : { text });
  if (text.trim() === "") return;
  try {
    const found = await client.call("searchCustomers", { text });
    if (mine === search) useCustomers.setState({ found });
    if (found.moreAtServer !== true || mine !== search) return;
    const all = await client.call("searchCustomers", { text, elsewhere: true });
    if (mine === search) useCustomers.setState({ found: all });
  } catch {
    // The banner says that the engine is away; the next letter asks again.
  }
}

/** Goes on with what stands in the search, wherever it was typed. */
export function typeAheadCustomers(letters: string): void {
  void findCustomers(useCustomers.getState().text + letters);
}

/**
 * The customer who was found first comes onto the basket; asked for anew, so that Enter right after the last letter takes whom that letter means. Where
 * nobody is known by it, somebody new is registered with it.
 */
export async function attachFirst(): Promise<void> {
  const { text } = useCustomers.getState();
  if (text.trim() === "") return;
  await findCustomers(text);
  const { found } = useCustomers.getState();
  const [first] = found?.customers ?? [];
  if (first !== undefined) await attachCustomer(first.id);
  else if (found !== null && found.needsConnection !== true)
    openOverlay({ kind: "customerForm", known: null, searched: text });
}

/** The basket in front is sold to this customer from now on. */
export function attachCustomer(customer: CustomerId): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("setCustomer", { customer });
    if (answer?.ok !== true) return;
    closeOverlay();
    playTone("ok");
    startNewSale();
    tellRepriced(answer.value);
  });
}

/** The basket in front is sold to nobody known. */
export function detachCustomer(): Promise<void> {
  return inTurn(async () => {
    const answer = await ask("setCustomer", { customer: null });
    if (answer?.ok !== true) return;
    closeOverlay();
    tellRepriced(answer.value, t("customer.detached"));
  });
}

/** Shows what this till knows of a customer at once, and the history of both channels as soon as the server has told it. */
export async function loadCustomer(customer: CustomerId): Promise<void> {
  opening += 1;
  const mine = opening;
  useCustomers.setState({ opened: null });
  const profile = await ask("customer", { customer });
  if (mine !== opening) return;
  if (profile?.ok !== true) return closeOverlay();
  useCustomers.setState({ opened: { ...profile.value, reach: "asking" } });
  const history = await everywhere(customer);
  if (mine !== opening) return;
  useCustomers.setState(({ opened }) => ({
    opened:
      opened === null || history === null
        ? opened && { ...opened, reach: "here" }
        : { ...opened, history, reach: "everywhere" },
  }));
}

/** Null without the server's word: that is said where the history is shown. */
async function everywhere(customer: CustomerId): Promise<TillHistory | null> {
  try {
    const answer = await client.call("customerHistory", { customer });
    return answer.ok ? answer.value : null;
  } catch {
    return null;
  }
}
