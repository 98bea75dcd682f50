import { type AreaCountId, type CountId, idOf } from "#domain/ids.ts";
import type { Fact } from "#domain/journal/entry.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { adjustmentReasonsOf, checkAdjustment } from "#domain/stock/adjusting.ts";
import { areaKey, isInScope, MAX_AREA_LINES } from "#domain/stock/count-plan.ts";
import { MAX_COUNTED } from "#domain/stock/stock.ts";
import type { CountDocument } from "#protocol/documents/count.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CountsView } from "#protocol/till/counts.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import { Changes, watchBehindTheAnswer } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { VerbTable } from "../till-service.ts";
import { type AreaDraft, beginDraft, keepDraft, readDraft, withCounted } from "./count-draft.ts";
import { countsViewOf } from "./count-view.ts";

type DeskPorts = Pick<
  ShopPorts,
  "replica" | "journal" | "drafts" | "clock" | "newId" | "enrolment" | "onTrouble"
>;
type CountVerb =
  | "beginArea"
  | "countPiece"
  | "setCounted"
  | "finishArea"
  | "discardArea"
  | "finishCount"
  | "adjustStock";
type Answer<V extends CountVerb> = Promise<VerbAnswer<V>>;

/**
 * Counts that HQ asked this store for: areas are counted scan by scan, each of them on disk before it is answered for, and told at once when an area
 * is done. Acts come one after another: no scan is lost between two quick ones.
 */
export class CountDesk {
  readonly #ports: DeskPorts;
  readonly #session: Session;
  readonly #catalog: Catalog;
  readonly #changes = new Changes();
  readonly #turns = new Turns();
  readonly #counts = new Map<string, CountDocument>();
  readonly #followed: Followed<"counts">;
  readonly #unwatch: Unwatch[];
  #draft: AreaDraft | null = null;
  #shown = "";

  constructor(ports: DeskPorts, parts: { readonly session: Session; readonly catalog: Catalog }) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#catalog = parts.catalog;
    const look = (): void => this.#look();
    this.#followed = new Followed(ports, "counts", {
      take: (id, count) => {
        if (count === null) this.#counts.delete(id);
        else this.#counts.set(id, count);
      },
      changed: look,
    });
    this.#unwatch = [
      () => this.#followed.end(),
      watchBehindTheAnswer(ports.journal, look, ports.onTrouble),
      parts.session.watch(look),
      parts.catalog.watch(look),
    ];
  }

  get verbs(): Pick<VerbTable, CountVerb> {
    return {
      beginArea: (args) => this.#turns.take(() => this.#begin(args)),
      countPiece: (args) => this.#turns.take(() => this.#countPiece(args)),
      setCounted: (args) => this.#turns.take(() => this.#setCounted(args)),
      finishArea: () => this.#turns.take(() => this.#finishArea()),
      discardArea: () => this.#turns.take(() => this.#discard()),
      finishCount: (args) => this.#turns.take(() => this.#finishCount(args)),
      adjustStock: (args) => this.#adjust(args),
    };
  }

  /** Reads what is on disk, also the area that somebody was in the middle of. */
  async load(): Promise<void> {
    await this.#followed.load();
    const read = await durably(() => readDraft(this.#ports), this.#ports.onTrouble);
    this.#draft = read.ok ? read.value : null;
    this.#look();
  }

  current(): CountsView {
    if (this.#session.onDuty() === null) return { counts: [], area: null, reasons: [] };
    return countsViewOf({
      counts: this.#open(),
      draft: this.#draft,
      // The usual case costs nothing: days of sales without the server are not gone through.
      pending: this.#counts.size === 0 ? [] : this.#ports.journal.pendingFor("counts"),
      register: this.#ports.enrolment.identity()?.register ?? 1,
      peek: (variant) => this.#catalog.peek(variant),
      reasons: this.#reasons(),
    });
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  async #begin({ count: id, area, again }: VerbParsedArgs<"beginArea">): Answer<"beginArea"> {
    const duty = this.#session.permitted("stock.count");
    if (!duty.ok) return duty;
    const count = this.#open().find((each) => each.id === id);
    if (count === undefined) return refused("noSuchCount");
    if (this.#draft !== null) return refused("areaOpen");
    const told = this.#toldAs(count, area);
    if (told.length > 0 && !again) return refused("areaCounted");
    return this.#keep(beginDraft({ id: this.#ports.newId(), count: id, area, replaces: told }));
  }

  async #countPiece({ code }: VerbParsedArgs<"countPiece">): Answer<"countPiece"> {
    const duty = this.#session.permitted("stock.count");
    if (!duty.ok) return duty;
    const draft = this.#draft;
    if (draft === null) return refused("noAreaOpen");
    const found = await this.#catalog.byCode(code);
    if (found === null) return refused("noSuchItem");
    const { variant, category } = found.item;
    const count = this.#counts.get(draft.count);
    if (count !== undefined && !isInScope(count.scope, { variant, category })) return refused("notInCount");
    const before = draft.lines.find((line) => line.variant === variant);
    if (before === undefined && draft.lines.length >= MAX_AREA_LINES) return refused("areaFull");
    const counted = (before?.counted ?? 0) + 1;
    if (counted > MAX_COUNTED) return refused("quantityOutOfRange");
    const kept = await this.#keep(withCounted(draft, { variant, counted, at: this.#ports.clock.now() }));
    return kept.ok ? ok({ variant, counted }) : kept;
  }

  async #setCounted({ variant, counted }: VerbParsedArgs<"setCounted">): Answer<"setCounted"> {
    const duty = this.#session.permitted("stock.count");
    if (!duty.ok) return duty;
    const draft = this.#draft;
    if (draft === null) return refused("noAreaOpen");
    if (!draft.lines.some((line) => line.variant === variant)) return refused("noSuchItem");
    return this.#keep(withCounted(draft, { variant, counted, at: this.#ports.clock.now() }));
  }

  async #finishArea(): Answer<"finishArea"> {
    const draft = this.#draft;
    if (draft === null) return refused("noAreaOpen");
    const told = await this.#tell({ type: "stock.areaCounted", ...draft });
    // Where the disk fails now, the area is told once more by its id, and counts once.
    return told.ok ? this.#keep(null) : told;
  }

  async #discard(): Answer<"discardArea"> {
    const duty = this.#session.permitted("stock.count");
    if (!duty.ok) return duty;
    return this.#draft === null ? refused("noAreaOpen") : this.#keep(null);
  }

  async #finishCount({ count }: VerbParsedArgs<"finishCount">): Answer<"finishCount"> {
    if (!this.#open().some(({ id }) => id === count)) return refused("noSuchCount");
    if (this.#draft?.count === count) return refused("areaOpen");
    return this.#tell({ type: "stock.countFinished", count });
  }

  async #adjust({ approval, ...args }: VerbParsedArgs<"adjustStock">): Answer<"adjustStock"> {
    const { variant, quantity, why, note } = args;
    const item = this.#catalog.peek(variant);
    if (item === null) return refused("noSuchItem");
    const wrong = checkAdjustment({ quantity, why }, this.#reasons());
    if (wrong === "noSuchReason" || wrong === "wrongDirection") return refused(wrong);
    const allowed = await this.#session.authoriseNoted(
      "stock.adjust",
      approval,
      `${quantity} × ${item.sku}, ${why}`,
    );
    if (!allowed.ok) return allowed;
    const id = idOf<"Adjustment">(this.#ports.newId());
    return this.#append(allowed.value.staff.id, { type: "stock.adjusted", id, variant, quantity, why, note });
  }

  async #tell(
    fact: Fact,
  ): Promise<Result<Record<string, never>, "notSignedIn" | "notPermitted" | "storage">> {
    const duty = this.#session.permitted("stock.count");
    return duty.ok ? this.#append(duty.value.staff.id, fact) : duty;
  }

  async #append(staff: Parameters<DeskPorts["journal"]["append"]>[0]["staff"], fact: Fact) {
    const { journal, onTrouble } = this.#ports;
    const written = await durably(() => journal.append({ staff, makeFact: () => fact }), onTrouble);
    return written.ok ? ok({}) : written;
  }

  /** What stands in the view stands on disk. */
  async #keep(draft: AreaDraft | null): Promise<Result<Record<string, never>, "storage">> {
    const kept = await durably(() => keepDraft(this.#ports, draft), this.#ports.onTrouble);
    if (!kept.ok) return kept;
    this.#draft = draft;
    this.#look();
    return ok({});
  }

  #reasons() {
    return adjustmentReasonsOf(this.#ports.replica.settings()?.adjustmentReasons);
  }

  /** Less those that this till said to be done, which the replica does not know of yet. The earliest first. */
  #open(): readonly CountDocument[] {
    const done = new Set<CountId>();
    if (this.#counts.size > 0)
      for (const { fact } of this.#ports.journal.pendingFor("counts"))
        if (fact.type === "stock.countFinished") done.add(fact.count);
    return [...this.#counts.values()]
      .filter(({ id }) => !done.has(id))
      .toSorted((a, b) => a.day.localeCompare(b.day) || a.at - b.at || a.id.localeCompare(b.id));
  }

  /** What was told of an area of this name, by any till. */
  #toldAs({ id, areas }: CountDocument, area: string): readonly AreaCountId[] {
    const own = this.#ports.journal
      .pendingFor("counts")
      .flatMap(({ fact }) => (fact.type === "stock.areaCounted" && fact.count === id ? [fact] : []));
    const told = new Map([...areas, ...own].map((each) => [each.id, each.area]));
    for (const { replaces } of own) for (const replaced of replaces) told.delete(replaced);
    return [...told].filter(([, called]) => areaKey(called) === areaKey(area)).map(([each]) => each);
  }

  /** Tells of changes only: the catalogue and the journal stir at every sale. */
  #look(): void {
    const shown = JSON.stringify(this.current());
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changes.tell();
  }
}
