import { Buffer } from "node:buffer";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerKeys, customerKeys } from "#domain/customer/search.ts";
import type { CustomerId } from "#domain/ids.ts";

/** Half as much again is taken whenever it is full: few customers cost a start little. */
const FIRST_BYTES = 1 << 14;
const FIELD_END = "\t";
const GONE = 0;
/** Rows of customers who are gone or changed are cleared away when there are so many more of them than of the others. */
const GONE_AT_MOST = 10_000;

/** What is kept of each customer in memory: what they are found by, what they are called and in which language they are written to. */
export interface CustomerRow extends CustomerKeys {
  readonly id: CustomerId;
  readonly called: string;
  readonly language: string;
}

/**
 * Customers as lines of one block of UTF-8, in which a text is found by going through bytes: 200,000 of them take some 40 MB with their ids, against 200 MB as objects, and
 * nothing for the garbage collector to walk. Their profiles are read off the disk when somebody looks.
 */
export class CustomerRows {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #used = 0;
  /** Where each row begins, ascending. */
  #starts: number[] = [];
  #ids: (CustomerId | null)[] = [];
  readonly #rows = new Map<CustomerId, number>();

  get count(): number {
    return this.#rows.size;
  }

  /** Bytes of the block; the ids come on top. */
  get size(): number {
    return this.#bytes.length;
  }

  put(customer: Customer): void {
    this.remove(customer.id);
    const { name, email, card, phone } = customerKeys(customer);
    const fields = [name, email, card.toLowerCase(), phone, customer.name, customer.language ?? ""];
    const text = `${fields.map(inOneLine).join(FIELD_END)}\n`;
    const length = Buffer.byteLength(text);
    this.#makeRoom(length);
    this.#bytes.write(text, this.#used);
    this.#rows.set(customer.id, this.#starts.length);
    this.#starts.push(this.#used);
    this.#ids.push(customer.id);
    this.#used += length;
  }

  /** Nothing of them is left in memory. */
  remove(id: CustomerId): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    this.#ids[row] = null;
    const end = this.#endOf(row);
    this.#bytes.fill(GONE, this.#starts[row], end - 1);
    if (this.#starts.length - this.#rows.size > GONE_AT_MOST + this.#rows.size) this.#clearUp();
  }

  has(id: CustomerId): boolean {
    return this.#rows.has(id);
  }

  get(id: CustomerId): CustomerRow | null {
    const row = this.#rows.get(id);
    return row === undefined ? null : this.#read(row, id);
  }

  /** Rows that hold one of the texts somewhere, each once, until `atMost` of them were looked at. */
  *holding(texts: readonly string[], atMost: number): Generator<CustomerRow> {
    const seen = new Set<number>();
    let looked = 0;
    const block = this.#bytes.subarray(0, this.#used);
    for (const text of texts) {
      const wanted = Buffer.from(text);
      if (wanted.length === 0) continue;
      for (let at = block.indexOf(wanted); at !== -1; ) {
        const row = this.#rowAt(at);
        const id = this.#ids[row] ?? null;
        if (id !== null && (texts.length === 1 || !seen.has(row))) {
          if (texts.length > 1) seen.add(row);
          yield this.#read(row, id);
          looked += 1;
          if (looked >= atMost) return;
        }
        const next = this.#endOf(row);
        at = next >= this.#used ? -1 : block.indexOf(wanted, next);
      }
    }
  }

  #read(row: number, id: CustomerId): CustomerRow {
    return new Row(id, this.#bytes.toString("utf8", this.#starts[row], this.#endOf(row) - 1));
  }

  #rowAt(at: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Behind its line break. */
  #endOf(row: number): number {
    return this.#starts[row + 1] ?? this.#used;
  }

  #makeRoom(length: number): void {
    if (this.#used + length <= this.#bytes.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(this.#used + length, Math.ceil(this.#bytes.length * 1.5)));
    this.#bytes.copy(more, 0, 0, this.#used);
    this.#bytes = more;
  }

  #clearUp(): void {
    const [bytes, starts, ids] = [this.#bytes, this.#starts, this.#ids];
    const ends = starts.map((_, row) => this.#endOf(row));
    this.#bytes = Buffer.alloc(bytes.length);
    this.#used = 0;
    this.#starts = [];
    this.#ids = [];
    ids.forEach((id, row) => {
      if (id === null) return;
      this.#rows.set(id, this.#starts.length);
      this.#starts.push(this.#used);
      this.#ids.push(id);
      this.#used += bytes.copy(this.#bytes, this.#used, starts[row], ends[row]);
    });
  }
}

/** Taken apart only as far as somebody looks: most rows are looked at for their name alone. */
class Row implements CustomerRow {
  readonly id: CustomerId;
  readonly #text: string;
  #fields: readonly string[] | null = null;

  constructor(id: CustomerId, text: string) {
    this.id = id;
    this.#text = text;
  }

  get name(): string {
    return this.#text.slice(0, this.#text.indexOf(FIELD_END));
  }

  get email(): string {
    return this.#field(1);
  }

  get card(): string {
    return this.#field(2).toUpperCase();
  }

  get phone(): string {
    return this.#field(3);
  }

  get called(): string {
    return this.#field(4);
  }

  get language(): string {
    return this.#field(5);
  }

  #field(place: number): string {
    this.#fields ??= this.#text.split(FIELD_END);
    return this.#fields[place] ?? "";
  }
}

function inOneLine(text: string): string {
  return /[\t\n\0]/.test(text) ? text.replaceAll(/[\t\n\0]/g, " ") : text;
}
