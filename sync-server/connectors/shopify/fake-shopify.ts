import type { Http, HttpRequest } from "../port.ts";

/** Shopify's side of the Admin API as far as we call it, with the state that calls change. For tests. */
interface FakeState {
  cancelledAt: string | null;
  /** Its job to cancel the order has been taken on and not run yet; whether it is to put the pieces back into stock. */
  cancelling: { restock: boolean } | null;
  canMarkAsPaid: boolean;
  presentment: string;
  note: string | null;
  onHold: boolean;
  lines: { id: string; quantity: number; current: number; remaining: number }[];
  transactions: { id: string; kind: string; status: string; amount: string; parent: string | null }[];
  fulfillments: {
    id: string;
    pieces: { line: string; quantity: number }[];
    tracking: unknown;
    notified: boolean;
  }[];
  prepared: boolean;
  mails: string[];
  stock: Map<string, number>;
  variants: { sku: string; item: string }[];
  unstocked: string[];
  keys: Map<string, string>;
}

type Variables = Readonly<Record<string, unknown>> & { readonly id?: string };
interface RefundInput {
  readonly transactions: readonly { readonly parentId: string; readonly amount: string }[];
  readonly refundLineItems: readonly { readonly lineItemId: string; readonly quantity: number }[];
}
interface FulfillmentInput {
  readonly lineItemsByFulfillmentOrder: readonly {
    readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[];
  }[];
  readonly trackingInfo?: unknown;
  readonly notifyCustomer: boolean;
}
interface StockInput {
  readonly quantities: readonly {
    readonly inventoryItemId: string;
    readonly locationId: string;
    readonly quantity: number;
  }[];
}

/** What every piece costs. */
const PRICE = 19.99;
const tail = (gid: string) => gid.slice(gid.lastIndexOf("/") + 1);

export class FakeShopify {
  readonly state: FakeState = {
    cancelledAt: null,
    cancelling: null,
    canMarkAsPaid: false,
    presentment: "EUR",
    note: null,
    onHold: false,
    lines: [{ id: "13456789012345", quantity: 2, current: 2, remaining: 2 }],
    transactions: [{ id: "t1", kind: "SALE", status: "SUCCESS", amount: "39.98", parent: null }],
    fulfillments: [],
    prepared: false,
    mails: [],
    stock: new Map(),
    variants: [{ sku: "SHIRT-M", item: "gid://shopify/InventoryItem/1" }],
    unstocked: [],
    keys: new Map(),
  };
  readonly requests: HttpRequest[] = [];
  /** Answers before any state is looked at, one after the other. */
  readonly answers: Awaited<ReturnType<Http>>[] = [];
  /** Questions that it is too ill to answer. */
  illAt: string | null = null;
  /** What it says to whoever wants to fulfil something. */
  refusesToFulfil: string | null = null;
  /** What it says to whoever wants to refund something. */
  refusesRefund: string | null = null;
  /** Fulfilments that somebody there cancelled. */
  readonly undone: string[] = [];
  isPickup = true;
  isGone = false;

  get mutations(): number {
    return this.requests.filter(({ body }) => body?.includes('"query":"mutation')).length;
  }

  /** Mutations but the wish to prepare a pickup, which is said again and does nothing the second time. */
  get changes(): number {
    return this.mutations - this.requests.filter(({ body }) => body?.includes("mutation Ready")).length;
  }

  /** The order's amounts as webhooks have them. */
  get amounts() {
    const worth = (pieces: (line: FakeState["lines"][number]) => number) =>
      this.state.lines.reduce((sum, line) => sum + pieces(line) * PRICE, 0);
    const current = worth((line) => line.current);
    return {
      total_price: worth((line) => line.quantity).toFixed(2),
      current_total_price: current.toFixed(2),
      total_outstanding: (current - this.#kept()).toFixed(2),
    };
  }

  /** What was taken and not given back. */
  #kept(): number {
    const sum = (...kinds: readonly string[]) =>
      this.state.transactions
        .filter(({ kind, status }) => kinds.includes(kind) && status === "SUCCESS")
        .reduce((all, { amount }) => all + Number(amount), 0);
    return sum("SALE", "CAPTURE") - sum("REFUND");
  }

  readonly http: Http = async (request) => {
    this.requests.push(request);
    const canned = this.answers.shift();
    if (canned !== undefined) return canned;
    if (this.illAt !== null && request.body?.includes(this.illAt))
      return { status: 500, headers: {}, body: "" };
    const { query, variables } = JSON.parse(request.body ?? "") as { query: string; variables: Variables };
    return { status: 200, headers: {}, body: JSON.stringify({ data: this.#answer(query, variables) }) };
  };

  #answer(query: string, variables: Variables): unknown {
    const operation = /(?:query|mutation) (\w+)/.exec(query)?.[1];
    switch (operation) {
      case "Order":
        return { order: this.isGone ? null : this.#order() };
      case "Fulfillment": {
        const found = this.state.fulfillments.find(({ id }) => id === variables.id);
        const nodes = found?.pieces.map(({ line, quantity }) => ({
          quantity,
          lineItem: { id: `gid://shopify/LineItem/${line}` },
        }));
        return { fulfillment: { fulfillmentLineItems: { nodes } } };
      }
      case "FulfillmentOrder": {
        const nodes = this.state.lines.map(({ id, remaining }) => ({
          id: `gid://shopify/FulfillmentOrderLineItem/${id}`,
          remainingQuantity: remaining,
          lineItem: { id: `gid://shopify/LineItem/${id}` },
        }));
        return { fulfillmentOrder: { lineItems: { nodes } } };
      }
      case "Ready":
        return { fulfillmentOrderLineItemsPreparedForPickup: { userErrors: this.#ready() } };
      case "Fulfil":
        return { fulfillmentCreate: { userErrors: this.#fulfil(variables.fulfillment as FulfillmentInput) } };
      case "GiveBack":
        return { refundCreate: { userErrors: this.#refund(variables) } };
      case "Cancel":
        return { orderCancel: { orderCancelUserErrors: this.#cancel(query) } };
      case "Note":
        this.state.note = (variables.input as { readonly note: string }).note;
        return { orderUpdate: { userErrors: [] } };
      case "Paid":
        return { orderMarkAsPaid: { userErrors: this.#markPaid() } };
      case "Variants":
        return {
          productVariants: {
            nodes: this.state.variants.map(({ sku, item }) => ({ sku, inventoryItem: { id: item } })),
          },
        };
      case "SetStock":
        return {
          inventorySetQuantities: {
            userErrors: this.#setStock(variables.input as StockInput, String(variables.key)),
          },
        };
      default:
        throw new Error(`no such operation: ${operation}`);
    }
  }

  #order(): unknown {
    const { lines, transactions, fulfillments, onHold } = this.state;
    const isOpen = lines.some(({ remaining }) => remaining > 0);
    return {
      id: "gid://shopify/Order/5678901234567",
      cancelledAt: this.state.cancelledAt,
      currencyCode: "EUR",
      presentmentCurrencyCode: this.state.presentment,
      canMarkAsPaid: this.state.canMarkAsPaid,
      note: this.state.note,
      lineItems: {
        nodes: lines.map(({ id, quantity, current }) => ({
          id: `gid://shopify/LineItem/${id}`,
          quantity,
          currentQuantity: current,
        })),
      },
      transactions: transactions.map(({ amount, parent, ...rest }) => ({
        ...rest,
        gateway: "shopify_payments",
        amountSet: { shopMoney: { amount } },
        parentTransaction: parent === null ? null : { id: parent },
      })),
      fulfillments: fulfillments.map(({ id }) => ({
        id,
        status: this.undone.includes(id) ? "CANCELLED" : "SUCCESS",
      })),
      fulfillmentOrders: {
        nodes: [
          {
            id: "gid://shopify/FulfillmentOrder/0",
            status: "CANCELLED",
            supportedActions: [],
            deliveryMethod: null,
          },
          {
            id: "gid://shopify/FulfillmentOrder/1",
            status: isOpen ? (onHold ? "ON_HOLD" : "OPEN") : "CLOSED",
            supportedActions: onHold || !isOpen ? [] : [{ action: "CREATE_FULFILLMENT" }, { action: "HOLD" }],
            deliveryMethod: { methodType: this.isPickup ? "PICK_UP" : "SHIPPING" },
          },
        ],
      },
    };
  }

  #ready(): unknown[] {
    if (this.state.prepared)
      return [
        {
          message: "Nothing to prepare",
          code: "NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER",
          field: null,
        },
      ];
    this.state.prepared = true;
    this.state.mails.push("ready for pickup");
    return [];
  }

  #fulfil(input: FulfillmentInput): unknown[] {
    if (this.refusesToFulfil !== null) return [{ message: this.refusesToFulfil, field: null }];
    const pieces: { line: string; quantity: number }[] = [];
    for (const { id, quantity } of input.lineItemsByFulfillmentOrder.flatMap(
      (each) => each.fulfillmentOrderLineItems,
    )) {
      const line = this.state.lines.find((each) => each.id === tail(id));
      if (line === undefined || line.remaining < quantity)
        return [
          { message: "Invalid fulfillment order line item quantity requested.", field: ["fulfillment"] },
        ];
      line.remaining -= quantity;
      pieces.push({ line: line.id, quantity });
    }
    const id = `gid://shopify/Fulfillment/${this.state.fulfillments.length + 1}`;
    this.state.fulfillments.push({
      id,
      pieces,
      tracking: input.trackingInfo ?? null,
      notified: input.notifyCustomer,
    });
    return [];
  }

  /** Books all that is outstanding as taken, whatever was taken elsewhere. */
  #markPaid(): unknown[] {
    if (!this.state.canMarkAsPaid) return [{ message: "Order cannot be marked as paid.", field: ["id"] }];
    this.state.canMarkAsPaid = false;
    this.state.transactions.push({
      id: `s${this.state.transactions.length}`,
      kind: "SALE",
      status: "SUCCESS",
      amount: this.amounts.total_outstanding,
      parent: null,
    });
    return [];
  }

  #refund(variables: Variables): unknown[] {
    if (this.refusesRefund !== null) return [{ message: this.refusesRefund, field: null }];
    const key = String(variables.key);
    const known = this.state.keys.get(key);
    const text = JSON.stringify(variables.input);
    if (known !== undefined)
      return known === text ? [] : [{ message: "The key was used for another request" }];
    this.state.keys.set(key, text);
    const input = variables.input as RefundInput;
    for (const { parentId, amount } of input.transactions)
      this.state.transactions.push({
        id: `r${this.state.transactions.length}`,
        kind: "REFUND",
        status: "SUCCESS",
        amount,
        parent: parentId,
      });
    for (const { lineItemId, quantity } of input.refundLineItems) {
      const line = this.state.lines.find((each) => each.id === tail(lineItemId));
      if (line === undefined || line.current < quantity) return [{ message: "Quantity is too large" }];
      line.current -= quantity;
      line.remaining -= Math.min(quantity, line.remaining);
    }
    return [];
  }

  /** Only takes the job on: the order shows as cancelled once it was run. */
  #cancel(query: string): unknown[] {
    if (this.state.cancelledAt !== null)
      return [{ message: "Order has already been cancelled", code: "INVALID", field: ["orderId"] }];
    if (this.state.cancelling !== null)
      return [{ message: "Order is already being cancelled", code: "INVALID", field: ["orderId"] }];
    if (this.state.fulfillments.length > 0)
      return [{ message: "Cannot cancel an order with fulfillments", code: "INVALID", field: null }];
    this.state.cancelling = { restock: query.includes("restock: true") };
    return [];
  }

  /** Runs the jobs that it has taken on, or lets them fail without a word to anybody. */
  runJobs({ isFailing = false } = {}): void {
    const { cancelling } = this.state;
    this.state.cancelling = null;
    if (cancelling === null || isFailing) return;
    const pieces = this.state.lines.reduce((sum, { remaining }) => sum + remaining, 0);
    if (cancelling.restock)
      for (const [key, quantity] of this.state.stock) this.state.stock.set(key, quantity + pieces);
    for (const line of this.state.lines) {
      line.current -= line.remaining;
      line.remaining = 0;
    }
    this.state.cancelledAt = "2026-11-21T12:00:00Z";
  }

  #setStock({ quantities }: StockInput, key: string): unknown[] {
    if (this.state.keys.has(key)) return [];
    const wrong = quantities.flatMap(({ inventoryItemId }, index) =>
      this.state.unstocked.includes(inventoryItemId)
        ? [
            {
              message: "The item is not stocked at the location.",
              code: "ITEM_NOT_STOCKED_AT_LOCATION",
              field: ["input", "quantities", String(index), "locationId"],
            },
          ]
        : [],
    );
    if (wrong.length > 0) return wrong;
    this.state.keys.set(key, "stock");
    for (const { inventoryItemId, locationId, quantity } of quantities)
      this.state.stock.set(`${tail(inventoryItemId)}@${tail(locationId)}`, quantity);
    return [];
  }
}
