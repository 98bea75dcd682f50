import { create } from "zustand";
import type { Verb, VerbAnswer, VerbArgs, ViewValue } from "#protocol/till/contract.ts";
import type { OpenArea } from "#protocol/till/counts.ts";
import { type MessageValues, refusalWords } from "../i18n/translate.ts";
import { stayAwakeWhile } from "./awake.ts";
import { keepLanguage, speakIn } from "./language.ts";
import { type ConnectedClient, createTillClient, whyUnanswered } from "./till-client.ts";
import { playTone, type Tone, toneOfRefusal } from "./tones.ts";

/** The one line to the engine. */
export const client: ConnectedClient = createTillClient();

export type StaffName = Extract<ViewValue<"session">, { readonly state: "open" }>["staff"];

export interface TillState {
  readonly connected: boolean;
  readonly session: ViewValue<"session"> | null;
  readonly sync: ViewValue<"sync"> | null;
  readonly basket: ViewValue<"basket">;
  readonly parked: ViewValue<"parked">;
  readonly catalog: ViewValue<"catalog"> | null;
  readonly printers: ViewValue<"printers"> | null;
  readonly counter: ViewValue<"counter"> | null;
  readonly orders: ViewValue<"orders"> | null;
  readonly tasks: ViewValue<"tasks">;
  readonly counts: ViewValue<"counts">;
  readonly cases: ViewValue<"cases"> | null;
  readonly deliveries: ViewValue<"deliveries"> | null;
  readonly shift: ViewValue<"shift">;
  readonly training: ViewValue<"training">;
  readonly terminal: ViewValue<"terminal"> | null;
  readonly update: ViewValue<"update"> | null;
  /** Who could sign in when the till was locked last. */
  readonly roster: readonly StaffName[];
  readonly clock: ViewValue<"clock">;
}

/** What the engine shows, as it last said it. The renderer keeps no business data of its own. */
export const useTill = create<TillState>(() => ({
  connected: false,
  session: null,
  sync: null,
  basket: null,
  parked: [],
  catalog: null,
  printers: null,
  counter: null,
  orders: null,
  tasks: [],
  counts: { counts: [], area: null, reasons: [] },
  cases: null,
  deliveries: null,
  shift: null,
  training: null,
  terminal: null,
  update: null,
  roster: [],
  clock: [],
}));

/** In which language, as the store's country writes it, this till speaks (BCP 47). */
export function useLocale(): string {
  return useTill(({ session }) => (session !== null && "locale" in session ? session.locale : "en-DE"));
}

/** As the store writes, whatever this till speaks; null until the engine has told. */
let storeLocale: string | null = null;

/** The session with the locale that this till speaks and writes in. */
function inSpokenLanguage(session: ViewValue<"session">): ViewValue<"session"> {
  if (!("locale" in session)) return session;
  storeLocale = session.locale;
  return { ...session, locale: speakIn(session.locale) };
}

/** Speaks this language from now on, on this till; null: the store's. What is on screen is said anew at once. */
export function changeLanguage(code: string | null): void {
  keepLanguage(code);
  const locale = speakIn(storeLocale ?? navigator.language);
  const { session } = useTill.getState();
  if (session !== null && "locale" in session) useTill.setState({ session: { ...session, locale } });
}

/** Begins to watch everything; called once. */
export function watchTill(): void {
  client.onConnection((connected) => useTill.setState({ connected }));
  client.watch("session", (said) => {
    useTill.setState({ session: inSpokenLanguage(said) });
  });
  stayAwakeWhile(() => client.isWaiting());
  // The customer has the terminal in front: whoever began that ends it.
  stayAwakeWhile(() => useTill.getState().terminal?.now.state === "asking");
  client.watch("sync", (sync) => useTill.setState({ sync }));
  client.watch("basket", (basket) => useTill.setState({ basket }));
  client.watch("parked", (parked) => useTill.setState({ parked }));
  client.watch("catalog", (catalog) => useTill.setState({ catalog }));
  client.watch("printers", takePrinters);
  client.watch("counter", (counter) => useTill.setState({ counter }));
  client.watch("orders", takeOrders);
  client.watch("tasks", takeTasks);
  client.watch("counts", takeCounts);
  client.watch("cases", (cases) => useTill.setState({ cases }));
  client.watch("deliveries", (deliveries) => useTill.setState({ deliveries }));
  client.watch("shift", takeShift);
  client.watch("training", (training) => useTill.setState({ training }));
  client.watch("clock", (clock) => useTill.setState({ clock }));
  client.watch("terminal", takeTerminal);
  client.watch("update", (update) => useTill.setState({ update }));
}

/** An order that is new here is heard as well as seen. */
function takeOrders(orders: ViewValue<"orders">): void {
  const before = useTill.getState().orders;
  if (before !== null && orders.arrived > before.arrived) playTone("arrived");
  useTill.setState({ orders });
}

/** Whoever looks at the customer hears what the terminal said. */
function takeTerminal(terminal: ViewValue<"terminal">): void {
  const before = useTill.getState().terminal;
  const tone = toneOfTerminal(before, terminal);
  if (tone !== null) playTone(tone);
  useTill.setState({ terminal });
}

/** How it sounds when a terminal answers what it was asked for, or stops to be sure of it; null: nothing to hear. */
export function toneOfTerminal(
  before: ViewValue<"terminal"> | null,
  now: ViewValue<"terminal">,
): Tone | null {
  if (before === null || before.now.state === now.now.state || before.now.state === "idle") return null;
  if (now.now.state === "unknown") return "attention";
  if (now.now.state !== "idle") return null;
  return now.now.last?.outcome === "approved" ? "approved" : "declined";
}

/** A printer that begins to fail wants to be seen to. */
function takePrinters(printers: ViewValue<"printers">): void {
  const before = useTill.getState().printers;
  if (before !== null && failing(printers) > failing(before)) playTone("attention");
  useTill.setState({ printers });
}

function failing({ printers }: ViewValue<"printers">): number {
  return printers.filter(({ trouble }) => trouble !== null).length;
}

/** More cash lies in the drawer than the store wants there. */
function takeShift(shift: ViewValue<"shift">): void {
  const before = useTill.getState().shift?.mine ?? null;
  if (shift?.mine?.pickupWanted === true && before?.pickupWanted === false) playTone("attention");
  useTill.setState({ shift });
}

/** What HQ asks this store to do. */
function takeTasks(tasks: ViewValue<"tasks">): void {
  const before = useTill.getState().tasks;
  if (tasks.length > before.length && before.length > 0) playTone("attention");
  useTill.setState({ tasks });
}

function takeCounts(counts: ViewValue<"counts">): void {
  const before = useTill.getState().counts.counts;
  if (counts.counts.length > before.length && before.length > 0) playTone("attention");
  useTill.setState({ counts });
}

/** The area that is being counted here though HQ asks for its count no more; null: there is none. */
export function areaLeftOver({ counts: { counts, area } }: Pick<TillState, "counts">): OpenArea | null {
  return area === null || counts.some(({ id }) => id === area.count) ? null : area;
}

/** Who can be asked for a manager's word, as the engine says. */
export function managersHere({ session }: Pick<TillState, "session">): readonly StaffName[] {
  return session?.state === "open" ? (session.managers ?? []) : [];
}

/** What was just said to the cashier: a refusal stays until the next act, a word of success goes by itself. */
export interface Notice {
  readonly kind: "refusal" | "done";
  readonly text: string;
  readonly at: number;
}
export const useNotice = create<{ readonly notice: Notice | null }>(() => ({ notice: null }));

export function tell(kind: Notice["kind"], text: string, tone: Tone = "refusal"): void {
  if (kind === "refusal") playTone(tone);
  useNotice.setState({ notice: { kind, text, at: performance.now() } });
}

export function clearNotice(): void {
  useNotice.setState({ notice: null });
}

/**
 * Asks the engine and puts a refusal into words. Gives the answer either way; null when the engine did not answer: the views tell
 * what happened.
 */
export async function ask<V extends Verb>(
  verb: V,
  args: VerbArgs<V>,
  values: MessageValues = {},
): Promise<VerbAnswer<V> | null> {
  try {
    const answer = await client.call(verb, args);
    if (isRefusal(answer)) tell("refusal", refusalWords(answer.reason, values), toneOfRefusal(answer.reason));
    else clearNotice();
    return answer;
  } catch (error) {
    tell("refusal", refusalWords(whyUnanswered(error)));
    return null;
  }
}

function isRefusal(answer: unknown): answer is { readonly ok: false; readonly reason: string } {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "ok" in answer &&
    answer.ok === false &&
    "reason" in answer &&
    typeof answer.reason === "string"
  );
}
