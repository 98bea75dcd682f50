import type { Case } from "#domain/cases/case.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type CaseCard,
  type CaseRow,
  type CasesView,
  type FoundCases,
  MAX_CASES_SHOWN,
} from "#protocol/till/cases.ts";
import type { Verb, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { OrderBook } from "../orders/order-book.ts";
import type { CasesAsk, Unwatch } from "../ports.ts";
import type { ReceiptCodes } from "../returns/receipt-codes.ts";
import { Changes } from "../shop/changes.ts";
import type { Printing } from "../shop/printing.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import type { VerbTable, ViewSource } from "../till-service.ts";
import { CaseActs, type CaseRefusal } from "./case-acts.ts";
import { CaseBook } from "./case-book.ts";
import { type CaseScene, caseCard, caseRow } from "./case-card.ts";
import { CasePeople } from "./case-people.ts";
import { purchaseNumbered } from "./case-purchases.ts";
import { caseSlip, type SlipCopy } from "./case-slips.ts";
import { findCases } from "./find-cases.ts";

/** Cases that a search answers at most. */
const MAX_FOUND = 50;
/** Longest rest until the list is looked at again, milliseconds: what timers take at most is far more. */
const MAX_REST_MS = 24 * 3_600_000;

type CaseVerb = Extract<
  Verb,
  "openCase" | "noteCase" | "caseOf" | "findCases" | "casesOfCustomer" | "printCaseSlip" | "casePurchase"
>;
type Parts = {
  readonly session: Session;
  readonly printing: Printing;
  readonly book: OrderBook;
  readonly codes: Pick<ReceiptCodes, "read">;
};
type Acted = Result<CaseCard, CaseRefusal>;

/** What the till can do with complaints, warranty and repair. */
export interface Cases {
  readonly verbs: Pick<VerbTable, CaseVerb>;
  readonly view: ViewSource<"cases">;
  close(): void;
}

/** Opens the cases on what the till has on disk. */
export async function openCases(ports: ShopPorts, parts: Parts): Promise<Cases> {
  const desk = new CaseCounter(ports, parts);
  await desk.load();
  return {
    verbs: {
      openCase: (args) => desk.open(args),
      noteCase: (args) => desk.note(args),
      caseOf: (args) => desk.caseOf(args.case),
      findCases: ({ text, chain }) => desk.find(text, chain),
      casesOfCustomer: ({ customer, chain }) => desk.ofCustomer(customer, chain),
      printCaseSlip: (args) => desk.print(args),
      casePurchase: async ({ number }) =>
        parts.session.onDuty() === null
          ? null
          : purchaseNumbered(ports, { book: parts.book, codes: parts.codes, number }),
    },
    view: desk,
    close: () => desk.close(),
  };
}

/** The counter where cases are taken in and dealt with. Names and telephone numbers are for whoever is signed in; the locked screen gets none. */
class CaseCounter {
  readonly #ports: ShopPorts;
  readonly #parts: Parts;
  readonly #book: CaseBook;
  readonly #people: CasePeople;
  readonly #acts: CaseActs;
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch[];
  #view: CasesView | null = null;
  #timer: unknown = null;

  constructor(ports: ShopPorts, parts: Parts) {
    this.#ports = ports;
    this.#parts = parts;
    this.#book = new CaseBook(ports);
    this.#people = new CasePeople(ports);
    this.#acts = new CaseActs(ports, this.#book);
    const changed = (): void => this.#changed();
    this.#unwatch = [this.#book, this.#people, parts.session].map((part) => part.watch(changed));
  }

  async load(): Promise<void> {
    await this.#book.load();
  }

  current(): CasesView {
    this.#view ??= this.#make();
    return this.#view;
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async open(args: VerbParsedArgs<"openCase">): Promise<Acted> {
    const duty = this.#parts.session.permitted("cases");
    if (!duty.ok) return duty;
    const opened = await this.#acts.open(duty.value.staff.id, args);
    if (!opened.ok) return opened;
    const card = await this.#cardOf(opened.value);
    if (card.ok && this.#parts.printing.configured) {
      await this.print({ case: card.value.id, copy: "customer" });
      await this.print({ case: card.value.id, copy: "workshop" });
    }
    return card;
  }

  async note(args: VerbParsedArgs<"noteCase">): Promise<Acted> {
    const duty = this.#parts.session.permitted("cases");
    if (!duty.ok) return duty;
    const noted = await this.#acts.note(duty.value.staff.id, args);
    return noted.ok ? this.#cardOf(noted.value) : noted;
  }

  /** One that this store does not have is asked for at the server. */
  async caseOf(idOrNumber: string): Promise<Acted> {
    if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
    if (this.#book.get(idOrNumber) === null) await this.#askChain({ search: idOrNumber });
    return this.#cardOf(idOrNumber);
  }

  async find(text: string, chain: boolean): Promise<FoundCases> {
    if (this.#parts.session.onDuty() === null || text.trim() === "") return { cases: [], hasServer: false };
    const local = findCases(this.#book.ours(), text, (of) => this.#people.of(of));
    const found = chain ? await this.#askChain({ search: text.trim() }) : null;
    return this.#merged(local, found);
  }

  async ofCustomer(customer: NonNullable<Case["customer"]>, chain: boolean): Promise<FoundCases> {
    if (this.#parts.session.onDuty() === null) return { cases: [], hasServer: false };
    const local = this.#book.ours().filter((each) => each.customer === customer);
    const found = chain ? await this.#askChain({ customer }) : null;
    const { cases, hasServer } = this.#merged(local, found);
    return { cases: cases.toSorted((a, b) => b.openedAt - a.openedAt), hasServer };
  }

  async print({
    case: id,
    copy,
  }: {
    readonly case: Case["id"];
    readonly copy: SlipCopy;
  }): Promise<Result<Record<string, never>, CaseRefusal>> {
    if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
    const of = this.#book.get(id);
    if (of === null) return refused("noSuchCase");
    if (!this.#parts.printing.configured) return refused("noPrinter");
    await this.#people.meet(of);
    const settings = this.#ports.replica.settings();
    this.#parts.printing.print(caseSlip(of, { copy, person: this.#people.of(of), settings }));
    return ok({});
  }

  close(): void {
    this.#stopTimer();
    for (const end of this.#unwatch) end();
    this.#book.close();
    this.#people.close();
  }

  async #askChain(ask: CasesAsk): Promise<readonly Case[] | null> {
    const { server } = this.#ports;
    if (!server.online()) return null;
    try {
      const { cases } = await server.findCases(ask);
      this.#book.keepFound(cases);
      return cases.map((each) => this.#book.get(each.case.id) ?? each.case);
    } catch {
      // The line broke while it was asked: the store's own are what there is.
      return null;
    }
  }

  #merged(local: readonly Case[], found: readonly Case[] | null): FoundCases {
    const known = new Set(local.map(({ id }) => id));
    const all = [...local, ...(found ?? []).filter(({ id }) => !known.has(id))].slice(0, MAX_FOUND);
    return { cases: all.map((of) => this.#rowOf(of)), hasServer: found !== null };
  }

  async #cardOf(idOrNumber: string): Promise<Acted> {
    const of = this.#book.get(idOrNumber);
    if (of === null) return refused("noSuchCase");
    await this.#people.meet(of);
    return ok(caseCard(of, this.#sceneOf(of)));
  }

  #rowOf(of: Case): CaseRow {
    return caseRow(of, this.#sceneOf(of));
  }

  #sceneOf(of: Case): CaseScene {
    const { session } = this.#parts;
    const found = this.#book.foundElsewhere(of.id);
    const isOurs = of.store === this.#ports.enrolment.identity()?.store;
    const person = this.#people.of(of);
    return {
      person: person.name === "" && found !== null ? { ...person, name: found.customerName } : person,
      staff: session.onDuty()?.staff.id ?? null,
      now: this.#acts.now(),
      nameOf: (staff) => session.nameOf(staff),
      elsewhere: isOurs ? null : (found?.storeName ?? ""),
      unsent: this.#book.isUnsent(of.id),
    };
  }

  #make(): CasesView {
    if (this.#parts.session.onDuty() === null) return { cases: [] };
    const shown = inOrder(this.#book.ours()).slice(0, MAX_CASES_SHOWN);
    this.#wakeWhenOverdue(shown);
    return { cases: shown.map((of) => this.#rowOf(of)) };
  }

  #changed(): void {
    this.#view = null;
    this.#stopTimer();
    this.#changes.tell();
  }

  /** A case becomes overdue without anybody saying so. */
  #wakeWhenOverdue(cases: readonly Case[]): void {
    const now = this.#acts.now();
    const next = Math.min(
      ...cases.flatMap(({ deadline, status }) =>
        status === "closed" || deadline < now ? [] : [deadline + 1],
      ),
      now + MAX_REST_MS,
    );
    this.#stopTimer();
    this.#timer = this.#ports.timers.set(() => this.#changed(), next - now);
  }

  #stopTimer(): void {
    if (this.#timer !== null) this.#ports.timers.clear(this.#timer);
    this.#timer = null;
  }
}

/** What is open by its deadline; then what is closed, the newest first. */
function inOrder(cases: readonly Case[]): readonly Case[] {
  const open = cases.filter(({ status }) => status !== "closed").toSorted((a, b) => a.deadline - b.deadline);
  const closed = cases
    .filter(({ status }) => status === "closed")
    .toSorted((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0));
  return [...open, ...closed];
}
