import type { Books } from "./books.ts";

/** A file of an export whose text is known as a whole. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The books as one JSON document: tickets and reports as the journal has them. */
export function jsonFiles({
  store,
  madeAt,
  asked,
  tills,
  tickets,
  movements,
  closings,
}: Books): readonly TextFile[] {
  const { code, name, retailer, address, vatId, currency, timeZone } = store;
  const books = {
    format: "onetill-books",
    version: 1,
    madeAt,
    asked,
    store: { code, name, retailer, address, vatId, currency, timeZone },
    tills,
    tickets,
    movements,
    zReports: closings.map(({ report }) => report),
  };
  return [{ name: "books.json", text: `${JSON.stringify(books, null, 2)}\n` }];
}
