import type { ShopCollection } from "./document.ts";

type Kind = "string" | "number" | "array" | "object" | "null";
/** What RxDB's versions since 15 all take as a schema. */
interface DocumentSchema {
  readonly version: 0;
  readonly primaryKey: "id";
  readonly type: "object";
  readonly properties: Record<string, { type: Kind | Kind[]; maxLength?: number }>;
  readonly required: "id"[];
}
type Fields = Readonly<Record<string, Kind | readonly Kind[]>>;

const OPTIONAL_OBJECT = ["object", "null"] as const;
const OPTIONAL_NUMBER = ["number", "null"] as const;
const OPTIONAL_STRING = ["string", "null"] as const;
const PRODUCT: Fields = {
  handle: "string",
  title: "string",
  brand: "string",
  category: "string",
  tags: "array",
  taxClass: "string",
  status: "string",
  optionNames: "array",
  variants: "array",
  image: OPTIONAL_STRING,
};
const PRICE: Fields = {
  list: "string",
  variant: "string",
  amount: "object",
  compareAt: OPTIONAL_OBJECT,
  validFrom: OPTIONAL_NUMBER,
  validTo: OPTIONAL_NUMBER,
};
const STOCK: Fields = { store: "string", variant: "string", onHand: "number" };
const TICKET: Fields = {
  number: "string",
  basket: "string",
  store: "string",
  device: "string",
  staff: "string",
  customer: OPTIONAL_STRING,
  completedAt: "number",
  businessDay: "string",
  currency: "string",
  taxMode: "string",
  taxRounding: "string",
  lines: "array",
  taxes: "array",
  totals: "object",
  tenders: "array",
};
const ID_CHARS = 100;

/** The shop's collections as RxDB has them, without indexes of their own: the least work that it can have with them. */
export const RX_SHOP: Readonly<Record<ShopCollection | "tickets", { readonly schema: DocumentSchema }>> = {
  products: { schema: schemaOf(PRODUCT) },
  prices: { schema: schemaOf(PRICE) },
  stock: { schema: schemaOf(STOCK) },
  tickets: { schema: schemaOf(TICKET) },
};

function schemaOf(fields: Fields): DocumentSchema {
  return {
    version: 0,
    primaryKey: "id",
    type: "object",
    properties: {
      id: { type: "string", maxLength: ID_CHARS },
      ...Object.fromEntries(
        Object.entries(fields).map(([name, type]) => [
          name,
          { type: typeof type === "string" ? type : [...type] },
        ]),
      ),
    },
    required: ["id"],
  };
}
