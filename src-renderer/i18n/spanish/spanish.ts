import type { Catalogue } from "../catalogue.ts";
import { ACCESS_SPANISH } from "./access-words.ts";
import { APPROVE_SPANISH } from "./approve-words.ts";
import { CAMERA_SPANISH } from "./camera-words.ts";
import { CASE_SPANISH } from "./case-words.ts";
import { COUNTING_SPANISH } from "./counting-words.ts";
import { COUPON_SPANISH } from "./coupon-words.ts";
import { CREDIT_SPANISH } from "./credit-words.ts";
import { CUSTOMER_SPANISH } from "./customer-words.ts";
import { DELIVERY_SPANISH } from "./delivery-words.ts";
import { DEVICE_SPANISH } from "./device-words.ts";
import { FISCAL_SPANISH } from "./fiscal-words.ts";
import { GIFT_CARD_SPANISH } from "./gift-card-words.ts";
import { LOYALTY_SPANISH } from "./loyalty-words.ts";
import { MAILING_SPANISH } from "./mailing-words.ts";
import { ORDER_SPANISH } from "./order-words.ts";
import { ORDERING_SPANISH } from "./ordering-words.ts";
import { PRICE_SPANISH } from "./price-words.ts";
import { RETURN_SPANISH } from "./return-words.ts";
import { SALE_SPANISH } from "./sale-words.ts";
import { SCAN_SPANISH } from "./scan-words.ts";
import { SHIFT_SPANISH } from "./shift-words.ts";
import { STAFF_SPANISH } from "./staff-words.ts";
import { TASK_SPANISH } from "./task-words.ts";
import { TERMINAL_SPANISH } from "./terminal-words.ts";
import { TILL_SPANISH } from "./till-words.ts";
import { TRAINING_SPANISH } from "./training-words.ts";
import { UPDATE_SPANISH } from "./update-words.ts";

/** Every word the till shows, in Spanish. */
export const SPANISH: Catalogue = {
  ...TILL_SPANISH,
  ...SALE_SPANISH,
  ...ORDER_SPANISH,
  ...ORDERING_SPANISH,
  ...MAILING_SPANISH,
  ...RETURN_SPANISH,
  ...TASK_SPANISH,
  ...COUNTING_SPANISH,
  ...DELIVERY_SPANISH,
  ...COUPON_SPANISH,
  ...CREDIT_SPANISH,
  ...GIFT_CARD_SPANISH,
  ...LOYALTY_SPANISH,
  ...CUSTOMER_SPANISH,
  ...CAMERA_SPANISH,
  ...CASE_SPANISH,
  ...PRICE_SPANISH,
  ...DEVICE_SPANISH,
  ...APPROVE_SPANISH,
  ...SHIFT_SPANISH,
  ...STAFF_SPANISH,
  ...TERMINAL_SPANISH,
  ...UPDATE_SPANISH,
  ...TRAINING_SPANISH,
  ...FISCAL_SPANISH,
  ...ACCESS_SPANISH,
  ...SCAN_SPANISH,
};
