import { describe, expect, it } from "vitest";
import { CASE_KINDS, CASE_OUTCOMES, CASE_STATUSES } from "#domain/cases/status.ts";
import { FULFILMENT_STATES, TRANSITIONS } from "#domain/orders/transitions.ts";
import { DISPOSITIONS, GOODS_CONDITIONS, RETURN_REASONS } from "#domain/returns/goods.ts";
import { CASE_REFUSALS } from "#protocol/till/cases.ts";
import { BASKET_REFUSALS, PAYMENT_REFUSALS } from "#protocol/till/contract.ts";
import {
  ADJUST_STOCK_REFUSALS,
  AREA_REFUSALS,
  BEGIN_AREA_REFUSALS,
  COUNT_PIECE_REFUSALS,
  FINISH_COUNT_REFUSALS,
} from "#protocol/till/counts.ts";
import { CREDIT_REFUSALS, GIFT_CARD_REFUSALS, PAY_OUT_REFUSALS } from "#protocol/till/credit.ts";
import { CUSTOMER_EDIT_REFUSALS, CUSTOMER_REFUSALS } from "#protocol/till/customers.ts";
import { DELIVERY_REFUSALS } from "#protocol/till/deliveries.ts";
import {
  PRINT_LABEL_REFUSALS,
  PRINTER_TROUBLES,
  QUEUE_REFUSALS,
  REMOVE_PRINTER_REFUSALS,
  SET_UP_PRINTER_REFUSALS,
  TEST_PRINTER_REFUSALS,
} from "#protocol/till/devices.ts";
import { POINTS_REFUSALS } from "#protocol/till/loyalty.ts";
import { INVOICE_REFUSALS, SENDING_REFUSALS } from "#protocol/till/mailing.ts";
import { ORDER_REFUSALS } from "#protocol/till/orders.ts";
import { obstacleViewSchema, RETURN_REFUSALS } from "#protocol/till/returns.ts";
import {
  CLOSE_DAY_REFUSALS,
  CLOSE_SHIFT_REFUSALS,
  COUNT_SHIFT_REFUSALS,
  MOVE_CASH_REFUSALS,
  OPEN_DRAWER_REFUSALS,
  OPEN_SHIFT_REFUSALS,
  REPORT_REFUSALS,
} from "#protocol/till/shift.ts";
import { TASK_REFUSALS } from "#protocol/till/tasks.ts";
import { NOT_DONE_REASONS, SETTLE_REFUSALS, TERMINAL_REFUSALS } from "#protocol/till/terminal.ts";
import { START_TRAINING_REFUSALS } from "#protocol/till/training.ts";
import { INSTALL_UPDATE_REFUSALS } from "#protocol/till/update.ts";
import { FRENCH } from "./french/french.ts";
import { GERMAN } from "./german.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";
import { SPANISH } from "./spanish/spanish.ts";
import { CATALOGUES, isKey } from "./translate.ts";

const SHIFT_REFUSALS = [
  ...OPEN_SHIFT_REFUSALS,
  ...MOVE_CASH_REFUSALS,
  ...OPEN_DRAWER_REFUSALS,
  ...COUNT_SHIFT_REFUSALS,
  ...CLOSE_SHIFT_REFUSALS,
  ...CLOSE_DAY_REFUSALS,
  ...REPORT_REFUSALS,
];
const KEYS = Object.keys(ENGLISH).filter(isKey);
const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe("the words of the till", () => {
  it("every reason for which an act is refused has words of its own", () => {
    const reasons = [
      ...BASKET_REFUSALS,
      ...PAYMENT_REFUSALS,
      ...ORDER_REFUSALS,
      ...TASK_REFUSALS,
      ...BEGIN_AREA_REFUSALS,
      ...COUNT_PIECE_REFUSALS,
      ...AREA_REFUSALS,
      ...FINISH_COUNT_REFUSALS,
      ...ADJUST_STOCK_REFUSALS.filter((reason) => reason !== "approvalNeeded"),
      ...DELIVERY_REFUSALS,
      ...CREDIT_REFUSALS,
      ...GIFT_CARD_REFUSALS,
      ...PAY_OUT_REFUSALS,
      ...POINTS_REFUSALS,
      ...CUSTOMER_REFUSALS,
      ...CUSTOMER_EDIT_REFUSALS,
      ...SENDING_REFUSALS,
      ...INVOICE_REFUSALS,
      ...CASE_REFUSALS,
      ...RETURN_REFUSALS,
      ...SET_UP_PRINTER_REFUSALS,
      ...REMOVE_PRINTER_REFUSALS,
      ...TEST_PRINTER_REFUSALS,
      ...QUEUE_REFUSALS,
      ...PRINT_LABEL_REFUSALS,
      "noDrawer",
      ...SHIFT_REFUSALS,
      ...START_TRAINING_REFUSALS,
      "notTraining",
      ...TERMINAL_REFUSALS,
      ...INSTALL_UPDATE_REFUSALS.filter((reason) => reason !== "approvalNeeded"),
      ...SETTLE_REFUSALS.filter((reason) => reason !== "approvalNeeded"),
      "noSuchStore",
      "offline",
      "noCredit",
    ];
    expect(reasons.filter((reason) => !isKey(`refused.${reason}`))).toEqual([]);
  });

  it("every state of an order and everything that can happen to it has a word", () => {
    expect(FULFILMENT_STATES.filter((state) => !isKey(`orders.state.${state}`))).toEqual([]);
    expect(Object.keys(TRANSITIONS).filter((act) => !isKey(`orders.history.${act}`))).toEqual([]);
  });

  it("everything that keeps a printer from printing has words, and says what to do", () => {
    const keys = PRINTER_TROUBLES.flatMap((trouble) => [
      `printing.trouble.${trouble}`,
      `printing.toDo.${trouble}`,
    ]);
    expect(keys.filter((key) => !isKey(key))).toEqual([]);
  });

  it("every kind, status and outcome of a case has a word", () => {
    expect(CASE_KINDS.filter((kind) => !isKey(`cases.kind.${kind}`))).toEqual([]);
    expect(CASE_STATUSES.filter((status) => !isKey(`cases.status.${status}`))).toEqual([]);
    expect(CASE_OUTCOMES.filter((outcome) => !isKey(`cases.outcome.${outcome}`))).toEqual([]);
  });

  it("every reason, condition, way of the goods and obstacle of a return has words", () => {
    const keys = [
      ...RETURN_REASONS.map((reason) => `returns.reason.${reason}`),
      ...GOODS_CONDITIONS.map((condition) => `returns.condition.${condition}`),
      ...DISPOSITIONS.map((disposition) => `returns.disposition.${disposition}`),
      ...obstacleViewSchema.shape.why.options.map((why) => `returns.obstacle.${why}`),
    ];
    expect(keys.filter((key) => !isKey(key))).toEqual([]);
  });

  it("every reason for which a card terminal did nothing has words", () => {
    expect(NOT_DONE_REASONS.filter((reason) => !isKey(`terminal.notDone.${reason}`))).toEqual([]);
  });

  it("German says everything, with the same names filled in", () => {
    const differing = KEYS.filter(
      (key: MessageKey) => gaps(GERMAN[key]).join() !== gaps(ENGLISH[key]).join(),
    );
    expect(differing).toEqual([]);
    expect(KEYS.filter((key) => GERMAN[key].trim() === "")).toEqual([]);
  });

  it("German has one word for one thing, as docs/languages.md lists them, and calls nobody du", () => {
    const avoided = [
      /Nachlass/, // Rabatt
      /\bKorb/i, // Warenkorb
      /Kassenlade/, // Kassenschublade
      /Coupon/, // Gutschein
      /Genehmigungsnummer/, // Genehmigungscode
      /\b(Kunde|Kunden|Kundin)\b/, // Kundschaft
      /\b(du|dein|deine|deinen|deiner)\b/i,
    ];
    expect(KEYS.filter((key) => avoided.some((word) => word.test(GERMAN[key])))).toEqual([]);
  });

  it("French has one apostrophe, the curved one", () => {
    const straight = KEYS.filter((key) => /\p{L}'\p{L}/u.test(FRENCH[key]));
    expect(straight).toEqual([]);
  });

  it("Spanish has one word for one thing, as docs/languages.md lists them", () => {
    const avoided = [
      /\btiques?\b/i, // ticket
      /emparejamiento/, // vinculación
    ];
    expect(KEYS.filter((key) => avoided.some((word) => word.test(SPANISH[key])))).toEqual([]);
  });

  it("what a sentence calls a button is what stands on it, in every language", () => {
    const called = [
      ["returns.panel.allOfIt", "returns.panel.shelves"],
      ["cases.none.open", "cases.new"],
    ] as const;
    const differing = Object.entries(CATALOGUES).flatMap(([language, words]) =>
      called
        .filter(([sentence, button]) => !words[sentence].includes(words[button]))
        .map(([key]) => `${language}: ${key}`),
    );
    expect(differing).toEqual([]);
  });

  it("no two ways out of the bar are called the same, in any language", () => {
    const bar = KEYS.filter((key) => /^bar\.[a-z]+$/.test(key));
    for (const words of Object.values(CATALOGUES))
      expect(new Set(bar.map((key) => words[key])).size).toBe(bar.length);
  });
});
