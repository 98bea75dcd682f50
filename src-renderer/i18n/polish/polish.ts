import type { Catalogue } from "../catalogue.ts";
import { ACCESS_POLISH } from "./access-words.ts";
import { APPROVE_POLISH } from "./approve-words.ts";
import { CAMERA_POLISH } from "./camera-words.ts";
import { CASE_POLISH } from "./case-words.ts";
import { COUNTING_POLISH } from "./counting-words.ts";
import { COUPON_POLISH } from "./coupon-words.ts";
import { CREDIT_POLISH } from "./credit-words.ts";
import { CUSTOMER_POLISH } from "./customer-words.ts";
import { DELIVERY_POLISH } from "./delivery-words.ts";
import { DEVICE_POLISH } from "./device-words.ts";
import { FISCAL_POLISH } from "./fiscal-words.ts";
import { GIFT_CARD_POLISH } from "./gift-card-words.ts";
import { LOYALTY_POLISH } from "./loyalty-words.ts";
import { MAILING_POLISH } from "./mailing-words.ts";
import { ORDER_POLISH } from "./order-words.ts";
import { ORDERING_POLISH } from "./ordering-words.ts";
import { PRICE_POLISH } from "./price-words.ts";
import { RETURN_POLISH } from "./return-words.ts";
import { SALE_POLISH } from "./sale-words.ts";
import { SCAN_POLISH } from "./scan-words.ts";
import { SHIFT_POLISH } from "./shift-words.ts";
import { STAFF_POLISH } from "./staff-words.ts";
import { TASK_POLISH } from "./task-words.ts";
import { TERMINAL_POLISH } from "./terminal-words.ts";
import { TILL_POLISH } from "./till-words.ts";
import { TRAINING_POLISH } from "./training-words.ts";
import { UPDATE_POLISH } from "./update-words.ts";

/** Every word the till shows, in Polish. */
export const POLISH: Catalogue = {
  ...TILL_POLISH,
  ...SALE_POLISH,
  ...ORDER_POLISH,
  ...ORDERING_POLISH,
  ...MAILING_POLISH,
  ...RETURN_POLISH,
  ...TASK_POLISH,
  ...COUNTING_POLISH,
  ...DELIVERY_POLISH,
  ...COUPON_POLISH,
  ...CREDIT_POLISH,
  ...GIFT_CARD_POLISH,
  ...LOYALTY_POLISH,
  ...CUSTOMER_POLISH,
  ...CAMERA_POLISH,
  ...CASE_POLISH,
  ...PRICE_POLISH,
  ...DEVICE_POLISH,
  ...ACCESS_POLISH,
  ...APPROVE_POLISH,
  ...SHIFT_POLISH,
  ...STAFF_POLISH,
  ...FISCAL_POLISH,
  ...TERMINAL_POLISH,
  ...UPDATE_POLISH,
  ...TRAINING_POLISH,
  ...SCAN_POLISH,
};
