import { variantLabel } from "#domain/product/variant-label.ts";
import { productLabelRows } from "#domain/receipt/product-label.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Printing } from "./printing.ts";
import type { Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Labels for the shelf, one article at a time, at the price that holds at this till. */
export class LabelDesk {
  readonly #ports: Pick<ShopPorts, "replica">;
  readonly #parts: { readonly session: Session; readonly catalog: Catalog; readonly printing: Printing };

  constructor(
    ports: Pick<ShopPorts, "replica">,
    parts: { readonly session: Session; readonly catalog: Catalog; readonly printing: Printing },
  ) {
    this.#ports = ports;
    this.#parts = parts;
  }

  async print({ variant, copies }: VerbParsedArgs<"printLabel">): Promise<VerbAnswer<"printLabel">> {
    const { session, catalog, printing } = this.#parts;
    const duty = session.onDuty();
    if (duty === null) return refused("notSignedIn");
    const item = catalog.peek(variant);
    if (item === null) return refused("noSuchItem");
    if (item.price === null) return refused("noPrice");
    if (!printing.canPrint("label")) return refused("noPrinter");
    const product = await this.#ports.replica.get("products", item.product);
    const options = variantLabel(item.options);
    const rows = productLabelRows(
      {
        name: options === "" ? item.name : `${item.name}, ${options}`,
        sku: item.sku,
        gtin: item.gtin,
        price: item.price,
        content: product?.variants.find(({ id }) => id === variant)?.content ?? null,
        byWeight: item.soldBy === "weight",
      },
      duty.settings.locale,
    );
    for (let copy = 0; copy < copies; copy += 1) printing.print(rows, "label");
    return ok({});
  }
}
