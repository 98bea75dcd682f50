import { minorDigits } from "#domain/money/format.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { BookedTicket, Books, Closing } from "../books.ts";
import { type CellValue, delimitedText } from "../delimited.ts";
import type { TextFile } from "../json-files.ts";
import { type Bon, bonsOf, type Position } from "./bons.ts";
import { fiscalRows } from "./fiscal-rows.ts";
import { indexXml } from "./index-xml.ts";
import { amountText, DETAIL_DECIMALS, netOf, rescaled, scaledText, unitShare } from "./numbers.ts";
import { TABLE_NAMES, TABLES, type TableName } from "./tables.ts";
import { VatKeys } from "./vat-keys.ts";

const TAXONOMY_VERSION = "2.3";
const COUNTRY = "DEU";
const NO_AGENCY = 0;

/** Rows of each file, each cell in the column's order without what names the closing. */
type Rows = Record<TableName, (readonly CellValue[])[]>;

interface ClosingPlace {
  readonly store: StoreSettings;
  readonly closing: Closing;
  readonly key: readonly CellValue[];
  readonly digits: number;
  readonly kasse: string;
}

/** The closings of the books as an export by DSFinV-K: one per Z report. Tickets that wait for their Z report are not in it. */
export function dsfinvkFiles({ store, closings, tickets }: Books): readonly TextFile[] {
  const rows = noRows();
  const known = new Map(tickets.map((booked): [string, BookedTicket] => [booked.ticket.id, booked]));
  const zTimes = new Map(
    closings.map(({ report }) => [`${report.register}/${report.number}`, momentText(report.madeAt)]),
  );
  for (const closing of closings) addClosing(rows, placeOf(store, closing), { known, zTimes });
  return [
    { name: "index.xml", text: indexXml(store) },
    ...TABLE_NAMES.map((name) => ({
      name: TABLES[name].file,
      text: delimitedText(
        TABLES[name].columns.map((column) => column.name),
        rows[name].map((row) => fitted(row, name)),
        ";",
      ),
    })),
  ];
}

function noRows(): Rows {
  const rows: Partial<Rows> = {};
  for (const name of TABLE_NAMES) rows[name] = [];
  return rows as Rows;
}

function placeOf(store: StoreSettings, closing: Closing): ClosingPlace {
  const { report } = closing;
  const kasse = tillText({ store: store.code, register: report.register });
  const key = [kasse, momentText(report.madeAt), report.number];
  return { store, closing, key, kasse, digits: minorDigits(report.currency) };
}

function addClosing(rows: Rows, place: ClosingPlace, purchases: Purchases): void {
  const keys = new VatKeys();
  const bons = bonsOf(place.closing, keys);
  for (const bon of bons) addBon(rows, place, bon, purchases);
  addSums(rows, place, bons);
  addMasterData(rows, place, { bons, keys });
  const fiscal = fiscalRows(place.closing);
  rows.tse.push(...fiscal.devices.map((row) => [...place.key, ...row]));
  rows.transactionsTse.push(...fiscal.transactions.map((row) => [...place.key, ...row]));
}

function addBon(
  rows: Rows,
  { key, kasse, digits, closing }: ClosingPlace,
  bon: Bon,
  purchases: Purchases,
): void {
  const two = (minor: number) => amountText(minor, { digits, decimals: 2 });
  const five = (minor: number) => amountText(minor, { digits, decimals: DETAIL_DECIMALS });
  const { currency } = closing.report;
  const head = [...key, bon.id];
  const gross = sum(bon.positions, (position) => position.gross);
  const when = momentText(bon.at);
  rows.transactions.push([
    ...head,
    bon.number,
    "Beleg",
    bon.name,
    kasse,
    0,
    when,
    when,
    bon.staff,
    "",
    two(gross),
    "",
    bon.customer,
    "",
    "",
    "",
    "",
    "",
    "",
    bon.note,
  ]);
  for (const [vatKey, positions] of groupedBy(bon.positions, (position) => position.vatKey))
    rows.transactionsVat.push([...head, vatKey, ...amountsOf(positions).map(five)]);
  for (const { typ, name, minor } of bon.payments)
    rows.dataPayment.push([...head, typ, name, currency, two(minor), two(minor)]);
  for (const [index, position] of bon.positions.entries()) {
    const at = [...head, String(index + 1)];
    rows.lines.push([
      ...at,
      position.voucher,
      position.text,
      kasse,
      position.gvTyp,
      position.gvName,
      0,
      0,
      NO_AGENCY,
      position.sku,
      "",
      "",
      "",
      scaledText(BigInt(position.milli), 3),
      "1,000",
      position.unit,
      scaledText(unitShare(position.gross, position.milli, digits), DETAIL_DECIMALS),
    ]);
    rows.linesVat.push([...at, position.vatKey, ...amountsOf([position]).map(five)]);
    rows.itemAmounts.push(...priceRows(position, digits).map((row) => [...at, ...row]));
    rows.references.push(...referenceRows(position, purchases).map((row) => [...at, ...row]));
  }
}

/** How a price came about, where something was taken off: what it was before, and each reduction. */
function priceRows({ line, ppm, vatKey }: Position, digits: number): readonly (readonly CellValue[])[] {
  if (line === null || line.discounts.length === 0) return [];
  const row = (typ: string, minor: number): readonly CellValue[] => {
    const net = netOf(minor, ppm, digits);
    const gross = rescaled(BigInt(minor), digits, DETAIL_DECIMALS);
    return [typ, vatKey, ...[gross, net, gross - net].map((each) => scaledText(each, DETAIL_DECIMALS))];
  };
  return [
    row("base_amount", line.gross.minor),
    ...line.discounts.map(({ amount }) => row("discount", -amount.minor)),
  ];
}

interface Purchases {
  readonly known: ReadonlyMap<string, BookedTicket>;
  /** When each closing was made, by register and number. */
  readonly zTimes: ReadonlyMap<string, string>;
}

/** What goods that came back had been bought with: a Bon of this export, or something else by its number. */
function referenceRows({ line }: Position, { known, zTimes }: Purchases): readonly (readonly CellValue[])[] {
  if (line?.kind !== "return" || line.of === null) return [];
  const { purchase } = line.of;
  const bought = known.get(purchase.id);
  if (purchase.kind === "ticket" && bought !== undefined && bought.z !== null) {
    const { register, z, ticket } = bought;
    const [store = ""] = ticket.number.split("-");
    const kasse = tillText({ store, register });
    return [["Transaktion", "", zTimes.get(`${register}/${z}`) ?? "", kasse, z, ticket.id]];
  }
  return [["ExterneSonstige", "Kauf", "", "", null, line.boughtBy ?? purchase.id]];
}

function addSums(rows: Rows, { key, digits, closing }: ClosingPlace, bons: readonly Bon[]): void {
  const two = (minor: number) => amountText(minor, { digits, decimals: 2 });
  const five = (minor: number) => amountText(minor, { digits, decimals: DETAIL_DECIMALS });
  const positions = bons.flatMap((bon) => bon.positions);
  for (const [, same] of groupedBy(
    positions,
    ({ gvTyp, gvName, vatKey }) => `${gvTyp}/${gvName}/${vatKey}`,
  )) {
    const [first] = same;
    if (first === undefined) continue;
    const { gvTyp, gvName, vatKey } = first;
    rows.businessCases.push([...key, gvTyp, gvName, NO_AGENCY, vatKey, ...amountsOf(same).map(five)]);
  }
  const payments = bons.flatMap((bon) => bon.payments);
  for (const [, same] of groupedBy(payments, ({ typ, name }) => `${typ}/${name}`)) {
    const [first] = same;
    if (first !== undefined)
      rows.payment.push([...key, first.typ, first.name, two(sum(same, ({ minor }) => minor))]);
  }
  rows.cashPerCurrency.push([...key, closing.report.currency, two(cashOf(bons))]);
}

function cashOf(bons: readonly Bon[]): number {
  return sum(bons, (bon) => sum(bon.payments, ({ typ, minor }) => (typ === "Bar" ? minor : 0)));
}

function addMasterData(
  rows: Rows,
  { store, closing, key, digits }: ClosingPlace,
  { bons, keys }: { readonly bons: readonly Bon[]; readonly keys: VatKeys },
): void {
  const two = (minor: number) => amountText(minor, { digits, decimals: 2 });
  const { report } = closing;
  const { street, postcode, town } = addressOf(store);
  const paid = sum(bons, (bon) => sum(bon.payments, ({ minor }) => minor));
  const vatId = store.vatId.replaceAll(" ", "");
  rows.cashPointClosing.push([
    ...key,
    report.businessDay,
    TAXONOMY_VERSION,
    bons[0]?.id ?? "",
    bons.at(-1)?.id ?? "",
    store.retailer,
    street,
    postcode,
    town,
    COUNTRY,
    "",
    vatId,
    two(paid),
    two(cashOf(bons)),
  ]);
  rows.location.push([...key, store.name, street, postcode, town, COUNTRY, vatId]);
  rows.cashRegister.push([...key, "Onetill", "Onetill", report.device, "Onetill", "0.1", report.currency, 0]);
  for (const { key: vatKey, percent, name } of keys.used())
    rows.vat.push([...key, vatKey, percent.toFixed(2).replace(".", ","), name]);
}

function addressOf({ address }: StoreSettings): {
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
} {
  const at = address.findIndex((line) => /^\d{5}\s/.test(line));
  const [postcode = "", ...town] = (address[at] ?? "").split(/\s+/);
  return { street: address[at - 1] ?? address[0] ?? "", postcode, town: town.join(" ") };
}

function amountsOf(positions: readonly Position[]): readonly number[] {
  return [
    sum(positions, ({ gross }) => gross),
    sum(positions, ({ net }) => net),
    sum(positions, ({ tax }) => tax),
  ];
}

/** Cuts texts to what their columns hold. */
function fitted(row: readonly CellValue[], name: TableName): readonly CellValue[] {
  return row.map((value, index) => {
    const type = TABLES[name].columns[index]?.type;
    if (type?.kind !== "text" || value === null) return value;
    const text = String(value).replaceAll(/[\r\n]+/g, " ");
    return type.max === null ? text : [...text].slice(0, type.max).join("");
  });
}

function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((so, item) => so + of(item), 0);
}

/** ISO 8601 in UTC, to the second. */
function momentText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
