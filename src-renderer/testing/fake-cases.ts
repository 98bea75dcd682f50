import { openCase, withCaseActs } from "#domain/cases/act.ts";
import type { Case, CaseActor } from "#domain/cases/case.ts";
import { DEFAULT_CASE_POLICY, deadlineOf, isOverdue } from "#domain/cases/deadline.ts";
import { caseNumber } from "#domain/cases/number.ts";
import { CASE_TRANSITIONS, moveFits } from "#domain/cases/status.ts";
import { type CaseId, type Instant, idOf } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { CaseCard, CaseRow } from "#protocol/till/cases.ts";
import type { Verb, VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import { JOHANNA, MIRA } from "./fake-shop.ts";

type CaseVerb = Extract<
  Verb,
  "openCase" | "noteCase" | "caseOf" | "findCases" | "casesOfCustomer" | "printCaseSlip" | "casePurchase"
>;
type CaseVerbs = { readonly [V in CaseVerb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

const STORE = idOf<"Store">("store-ber1");
const MINE: CaseActor = { kind: "staff", staff: MIRA.id, device: idOf<"Device">("till-3") };

/** Cases in memory, folded by the domain as the engine folds them; everything is done by Mira. */
export class FakeCases {
  readonly #now: () => Instant;
  readonly #onChange: () => void;
  readonly #hasPrinter: () => boolean;
  readonly #cases = new Map<CaseId, Case>();
  readonly printed: string[] = [];
  #made = 0;

  constructor(settings: {
    readonly now: () => Instant;
    readonly onChange: () => void;
    readonly hasPrinter: () => boolean;
  }) {
    this.#now = settings.now;
    this.#onChange = settings.onChange;
    this.#hasPrinter = settings.hasPrinter;
  }

  get view(): ViewValue<"cases"> {
    return { cases: [...this.#cases.values()].map((of) => this.#row(of)) };
  }

  readonly verbs: CaseVerbs = {
    openCase: ({ photos: _, deadline, ...args }) => {
      this.#made += 1;
      const at = this.#now();
      const id = idOf<"Case">(`case-${this.#made}`);
      const number = caseNumber({ storeCode: "BER1", register: 3, epoch: 1, seq: this.#made });
      const due = deadline ?? deadlineOf({ kind: args.kind, at, policy: DEFAULT_CASE_POLICY });
      return this.#kept(
        openCase({ ...args, id, number, store: STORE, deadline: due, photos: [] }, { at, by: MINE }),
      );
    },
    noteCase: ({ case: id, to, outcome, note, deadline }) => {
      const of = this.#cases.get(id);
      if (of === undefined) return refused("noSuchCase");
      if (to !== null && !moveFits({ now: of.status, from: of.status, to })) return refused("notNow");
      const move = to === null ? null : { from: of.status, to, outcome };
      const act = { move, note, photos: [], deadline, store: null };
      this.#made += 1;
      const dated = { id: `act-${this.#made}`, at: this.#now(), by: MINE, act };
      return this.#kept(withCaseActs(of, [dated]));
    },
    caseOf: ({ case: asked }) => {
      const of = [...this.#cases.values()].find(({ id, number }) => id === asked || number === asked);
      return of === undefined ? refused("noSuchCase") : ok(this.#card(of));
    },
    findCases: ({ text, chain }) => {
      const fits = ({ number, product, contact }: Case) =>
        `${number} ${product.name} ${contact?.name}`.toLowerCase().includes(text.toLowerCase());
      return {
        cases: [...this.#cases.values()].filter(fits).map((of) => this.#row(of)),
        hasServer: chain,
      };
    },
    casesOfCustomer: ({ customer, chain }) => ({
      cases: [...this.#cases.values()].filter((of) => of.customer === customer).map((of) => this.#row(of)),
      hasServer: chain,
    }),
    printCaseSlip: ({ copy }) => {
      if (!this.#hasPrinter()) return refused("noPrinter");
      this.printed.push(copy);
      return ok({});
    },
    casePurchase: () => null,
  };

  #kept(of: Case): VerbAnswer<"openCase"> {
    this.#cases.set(of.id, of);
    this.#onChange();
    return ok(this.#card(of));
  }

  #row(of: Case): CaseRow {
    const { id, number, kind, status, outcome, openedAt, closedAt, deadline } = of;
    return {
      ...{ id, number, kind, status, outcome, openedAt, closedAt, deadline },
      productName: of.product.name,
      customerName: of.contact?.name ?? "",
      phone: of.contact?.phone ?? null,
      isOverdue: isOverdue(of, this.#now()),
      isMine: true,
      elsewhere: null,
      unsent: false,
    };
  }

  #card(of: Case): CaseCard {
    return {
      ...this.#row(of),
      customer: of.customer,
      email: of.contact?.email ?? null,
      product: { ...of.product, options: [...of.product.options] },
      serial: of.serial,
      purchase: of.purchase,
      fault: of.fault,
      condition: of.condition,
      accessories: of.accessories,
      photos: [],
      openedByName: MIRA.name,
      steps: of.history.map(({ id, at, by, act, fits }) => ({
        id,
        at,
        who: by.kind === "hq" ? by.who : by.staff === JOHANNA.id ? JOHANNA.name : MIRA.name,
        to: act.move?.to ?? null,
        outcome: act.move?.outcome ?? null,
        note: act.note,
        photos: [...act.photos],
        deadline: act.deadline,
        takenOver: act.store !== null,
        fits,
      })),
      next: [...CASE_TRANSITIONS[of.status]],
    };
  }
}
