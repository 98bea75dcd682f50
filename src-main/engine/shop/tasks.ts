import { idOf, type NoticeId } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { NoticeDocument } from "#protocol/documents/notice.ts";
import type { VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import { MAX_TASKS_SHOWN, type Task } from "#protocol/till/tasks.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Unwatch } from "../ports.ts";
import { Followed } from "../replica/followed.ts";
import { Changes, watchBehindTheAnswer } from "./changes.ts";
import { durably } from "./durably.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

type TaskPorts = Pick<ShopPorts, "replica" | "journal" | "onTrouble">;

/** What HQ asks this store to do: notices of the replica that are tasks, less those this till has done and the replica does not know of yet. */
export class Tasks {
  readonly #ports: TaskPorts;
  readonly #session: Session;
  readonly #catalog: Catalog;
  readonly #changes = new Changes();
  readonly #unwatch: Unwatch[];
  readonly #followed: Followed<"notices">;
  readonly #asked = new Map<string, NoticeDocument>();
  #shown = "";

  constructor(ports: TaskPorts, parts: { readonly session: Session; readonly catalog: Catalog }) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#catalog = parts.catalog;
    const { journal } = ports;
    const look = (): void => this.#look();
    this.#followed = new Followed(ports, "notices", {
      take: (id, notice) => this.#take(id, notice),
      changed: look,
    });
    this.#unwatch = [
      () => this.#followed.end(),
      watchBehindTheAnswer(journal, look, ports.onTrouble),
      parts.session.watch(look),
      // An article that comes into the catalogue gives its task a name.
      parts.catalog.watch(look),
    ];
  }

  /** Reads what is on disk. A replica that cannot be read is told as trouble. */
  async load(): Promise<void> {
    await this.#followed.load();
    this.#look();
  }

  /** Empty while the till is locked. */
  current(): ViewValue<"tasks"> {
    if (this.#session.onDuty() === null) return [];
    return this.#open()
      .slice(0, MAX_TASKS_SHOWN)
      .map((notice) => this.#taskOf(notice));
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
  }

  /** Journals what was counted. The task is looked at in the journal's turn, so that two presses count once. */
  async count({ task, counted }: VerbParsedArgs<"countStock">): Promise<VerbAnswer<"countStock">> {
    const duty = this.#session.permitted("stock.count");
    if (!duty.ok) return duty;
    const { journal, onTrouble } = this.#ports;
    let isGone = false;
    const makeFact = () => {
      const notice = this.#open().find(({ id }) => id === task);
      isGone = notice === undefined;
      if (notice === undefined) throw new Error(`nobody asks for ${task} any more`);
      return { type: "stock.counted", task, variant: variantOf(notice), counted } as const;
    };
    const written = await durably(
      () => journal.append({ staff: duty.value.staff.id, makeFact }),
      (error) => {
        if (!isGone) onTrouble(error);
      },
    );
    if (written.ok) return ok({});
    return refused(isGone ? "noSuchTask" : written.reason);
  }

  #take(id: string, notice: NoticeDocument | null): void {
    if (notice !== null && isToCount(notice)) this.#asked.set(id, notice);
    else this.#asked.delete(id);
  }

  #open(): readonly NoticeDocument[] {
    // The usual case costs nothing: days of sales without the server are not gone through.
    if (this.#asked.size === 0) return [];
    const done = new Set<NoticeId>();
    for (const { fact } of this.#ports.journal.pendingFor("notices"))
      if (fact.type === "stock.counted") done.add(fact.task);
    return [...this.#asked.values()]
      .filter(({ id }) => !done.has(id))
      .toSorted((a, b) => a.raisedAt - b.raisedAt || a.id.localeCompare(b.id));
  }

  #taskOf(notice: NoticeDocument): Task {
    const { id, kind, raisedAt, detail } = notice;
    const variant = variantOf(notice);
    const item = this.#catalog.peek(variant);
    return {
      id,
      kind,
      variant,
      article: item === null ? null : { sku: item.sku, name: item.name, options: item.options },
      askedAt: raisedAt,
      by: detail.by ?? "",
      note: detail.note ?? "",
    };
  }

  /** Tells of changes only: the catalogue and the journal stir at every sale. */
  #look(): void {
    const shown = JSON.stringify(this.current());
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changes.tell();
  }
}

function isToCount({ resolved, detail }: NoticeDocument): boolean {
  return !resolved && detail.task === "recount" && detail.variant !== undefined;
}

function variantOf({ detail }: NoticeDocument): Task["variant"] {
  return idOf<"Variant">(detail.variant ?? "");
}
