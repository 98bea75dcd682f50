import { describe, expect, it } from "vitest";
import { FULFILMENT_STATES, TRANSITIONS } from "#domain/orders/transitions.ts";
import { BASKET_REFUSALS, PAYMENT_REFUSALS } from "#protocol/till/contract.ts";
import { CUSTOMER_REFUSALS } from "#protocol/till/customers.ts";
import { INVOICE_REFUSALS, SENDING_REFUSALS } from "#protocol/till/mailing.ts";
import { ORDER_REFUSALS } from "#protocol/till/orders.ts";
import { TASK_REFUSALS } from "#protocol/till/tasks.ts";
import { GERMAN } from "./german.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";
import { isKey } from "./translate.ts";

const KEYS = Object.keys(ENGLISH).filter(isKey);
const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the words of the till", () => {
  it("every reason for which an act is refused has words of its own", () => {
    const reasons = [
      ...BASKET_REFUSALS,
      ...PAYMENT_REFUSALS,
      ...ORDER_REFUSALS,
      ...TASK_REFUSALS,
      ...CUSTOMER_REFUSALS,
      ...SENDING_REFUSALS,
      ...INVOICE_REFUSALS,
      "noSuchStore",
      "offline",
    ];
    expect(reasons.filter((reason) => !isKey(`refused.${reason}`))).toEqual([]);
  });

  it("every state of an order and everything that can happen to it has a word", () => {
    expect(FULFILMENT_STATES.filter((state) => !isKey(`orders.state.${state}`))).toEqual([]);
    expect(Object.keys(TRANSITIONS).filter((act) => !isKey(`orders.history.${act}`))).toEqual([]);
  });

  it("German says everything, with the same names filled in", () => {
    const differing = KEYS.filter(
      (key: MessageKey) => gaps(GERMAN[key]).join() !== gaps(ENGLISH[key]).join(),
    );
    expect(differing).toEqual([]);
    expect(KEYS.filter((key) => GERMAN[key].trim() === "")).toEqual([]);
  });
});
