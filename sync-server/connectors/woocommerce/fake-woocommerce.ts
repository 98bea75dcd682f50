import type { Http, HttpRequest } from "../port.ts";

type Answer = Awaited<ReturnType<Http>>;
interface Product {
  id: number;
  parent_id: number;
  sku: string;
  manage_stock: boolean | string;
  stock_quantity: number | null;
}

/** WooCommerce's side of REST API v3 as far as we call it, with the state that calls change. For tests. */
export class FakeWooCommerce {
  order = {
    id: 727,
    status: "processing",
    total: "20.00",
    payment_method: "stripe",
    transaction_id: "pi_made_up",
    date_paid_gmt: "2026-11-20T09:00:04" as string | null,
    refunds: [] as { id: number; total: string; reason: string }[],
  };
  notes: { id: number; note: string; customer_note: boolean }[] = [];
  products: Product[] = [
    { id: 93, parent_id: 0, sku: "PEAT-20", manage_stock: true, stock_quantity: 4 },
    { id: 95, parent_id: 94, sku: "PEAT-40", manage_stock: "parent", stock_quantity: null },
  ];
  /** Cents that its payment gateway gave back. */
  paidBack = 0;
  /** What its payment gateway says to a refund; null when it does it. */
  refusesRefund: string | null = null;
  /** Products that it will not change. */
  locked: number[] = [];
  readonly requests: HttpRequest[] = [];
  /** Answers before any state is looked at, one after the other. */
  readonly answers: Answer[] = [];

  get changes(): number {
    return this.requests.filter(({ method }) => method !== "GET").length;
  }

  readonly http: Http = async (request) => {
    this.requests.push(request);
    return this.answers.shift() ?? this.#answer(request);
  };

  #answer({ method, url, body }: HttpRequest): Answer {
    const path = url.slice(url.indexOf("/wc/v3/") + "/wc/v3/".length);
    const sent = body === null ? {} : JSON.parse(body);
    if (path === "orders/727" && method === "GET") return json(200, this.order);
    if (path === "orders/727" && method === "PUT") {
      this.order.status = sent.status;
      // Whatever is completed counts as paid to it, also where nobody told it of money.
      if (sent.status === "completed") this.order.date_paid_gmt ??= "2026-11-21T12:00:00";
      return json(200, this.order);
    }
    if (path === "orders/727/refunds") return this.#refund(sent);
    if (path === "orders/727/notes" && method === "GET") return json(200, this.notes);
    if (path === "orders/727/notes") {
      // WordPress keeps text as HTML.
      const note = { ...sent, id: this.notes.length + 1, note: sent.note.replaceAll("&", "&amp;") };
      this.notes.push(note);
      return json(201, note);
    }
    const skus = /^products\?per_page=100&sku=(.*)$/.exec(path)?.[1];
    if (skus !== undefined) {
      const wanted = decodeURIComponent(skus).split(",");
      return json(
        200,
        this.products.filter(({ sku }) => wanted.includes(sku)),
      );
    }
    const batch = /^products(?:\/(\d+)\/variations)?\/batch$/.exec(path);
    if (batch !== null) return json(200, { update: this.#update(Number(batch[1] ?? 0), sent.update) });
    return json(404, {
      code: "rest_no_route",
      message: `No route was found for ${path}`,
      data: { status: 404 },
    });
  }

  #refund({
    amount,
    reason,
    api_refund,
  }: {
    readonly amount: string;
    readonly reason: string;
    readonly api_refund: boolean;
  }): Answer {
    const given = () => this.order.refunds.reduce((sum, { total }) => sum - cents(total), 0);
    const refusal =
      cents(amount) > cents(this.order.total) - given()
        ? "Invalid refund amount."
        : api_refund
          ? this.#gatewayRefusal()
          : null;
    if (refusal !== null)
      return json(500, {
        code: "woocommerce_rest_cannot_create_order_refund",
        message: refusal,
        data: { status: 500 },
      });
    const refund = {
      id: 800 + this.order.refunds.length,
      total: `-${amount}`,
      reason: reason.replaceAll("&", "&amp;"),
    };
    this.order.refunds.push(refund);
    if (api_refund) this.paidBack += cents(amount);
    if (given() >= cents(this.order.total)) this.order.status = "refunded";
    return json(201, refund);
  }

  #gatewayRefusal(): string | null {
    if (this.order.payment_method === "") return "The payment gateway for this order does not exist.";
    if (["cod", "bacs", "cheque"].includes(this.order.payment_method))
      return "The payment gateway for this order does not support automatic refunds.";
    return this.refusesRefund;
  }

  #update(parent: number, update: readonly { id: number; manage_stock: boolean; stock_quantity: number }[]) {
    return update.map((change) => {
      const product = this.products.find(({ id, parent_id }) => id === change.id && parent_id === parent);
      if (product === undefined || this.locked.includes(change.id))
        return {
          id: change.id,
          error: { code: "woocommerce_rest_product_invalid_id", message: "Invalid ID." },
        };
      Object.assign(product, change);
      return product;
    });
  }
}

const cents = (amount: string) => Math.round(Number(amount) * 100);

function json(status: number, body: unknown): Answer {
  return { status, headers: {}, body: JSON.stringify(body) };
}
