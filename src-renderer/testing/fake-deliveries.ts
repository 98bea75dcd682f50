import { idOf, instant } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { Verb, VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import type { DeliveryCard } from "#protocol/till/deliveries.ts";
import { item } from "./fake-shop.ts";

type DeliveryVerb = Extract<
  Verb,
  "deliveryOf" | "receiveDelivery" | "sendDelivery" | "startTransfer" | "transferStores" | "printDelivery"
>;
type DeliveryVerbs = { readonly [V in DeliveryVerb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> };

/** One delivery of a supplier that is expected, and one other store. */
export class FakeDeliveries {
  readonly #onChange: () => void;
  #cards: readonly DeliveryCard[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get view(): ViewValue<"deliveries"> {
    return { deliveries: this.#cards.map(({ note: _, blind: __, lines: ___, ...row }) => row) };
  }

  /** HQ says that a supplier brings so many pieces of an article. */
  expect(sku: string, pieces: number): void {
    const { variant, name } = item(sku);
    const line = { variant, sku: idOf<"Sku">(sku), name, toDo: pieces, sent: 0, good: 0, damaged: 0 };
    const card: DeliveryCard = {
      id: idOf<"Delivery">(`delivery-${this.#cards.length + 1}`),
      reference: `D-HQ-00000${this.#cards.length + 1}`,
      kind: "supplier",
      way: "in",
      state: "expected",
      partner: "Potters & Sons",
      expectedOn: idOf<"BusinessDay">("2026-11-27"),
      openedAt: instant(1_795_000_000_000),
      articles: 1,
      toDo: pieces,
      isOver: false,
      isDue: true,
      unsent: false,
      note: "",
      blind: false,
      lines: [line],
    };
    this.#cards = [...this.#cards, card];
    this.#onChange();
  }

  readonly verbs: DeliveryVerbs = {
    deliveryOf: ({ delivery }) => this.#answer(delivery),
    receiveDelivery: ({ delivery }) => {
      this.#cards = this.#cards.map((each) =>
        each.id === delivery ? { ...each, state: "received", isDue: false, isOver: true } : each,
      );
      this.#onChange();
      return this.#answer(delivery);
    },
    sendDelivery: ({ delivery }) => this.#answer(delivery),
    startTransfer: () => refused("storeUnknown"),
    transferStores: () => ({
      stores: [{ store: idOf<"Store">("store-ham1"), name: "Hamburg Hafen" }],
      hasServer: true,
    }),
    printDelivery: () => refused("noPrinter"),
  };

  #answer(id: string): VerbAnswer<"deliveryOf"> {
    const card = this.#cards.find((each) => each.id === id);
    return card === undefined ? refused("noSuchDelivery") : ok(card);
  }
}
